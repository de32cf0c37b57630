#include "geo/gdal/osm.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "core/text.hpp"

namespace footfall::geo::gdal {

namespace {

constexpr std::uintmax_t most_file_bytes = std::uintmax_t{2} << 30;
constexpr const char* most_temporary_mib = "512";
constexpr std::uint64_t most_places = 100'000'000;  // 0.8 GB

constexpr std::array<const char*, 18> wanted_tags{
    "highway",  "oneway",          "maxspeed", "junction", "access",   "name",
    "building", "building:levels", "landuse",  "natural",  "waterway", "water",
    "shop",     "brand",           "operator", "amenity",  "boundary", "admin_level"};

/// The driver's configuration: the wanted tags in every layer and nothing else.
std::string driver_configuration() {
  std::string tags;
  for (const char* tag : wanted_tags) tags += (tags.empty() ? "" : ",") + std::string(tag);
  std::string text =
      "closed_ways_are_polygons=amenity,boundary,building,landuse,natural,shop,water,"
      "waterway=riverbank,waterway=dock\n"
      "attribute_name_laundering=no\n";
  for (const char* layer :
       {"points", "lines", "multipolygons", "multilinestrings", "other_relations"}) {
    text += "[" + std::string(layer) + "]\nosm_id=yes\nother_tags=no\nattributes=" + tags + "\n";
  }
  return text;
}

/// The configuration as a file in GDAL's own memory, for as long as a file is open.
class MemoryFile {
 public:
  explicit MemoryFile(std::string text) : text_(std::move(text)) {
    static std::atomic<unsigned> count{0};
    path_ = "/vsimem/footfall_osm_" + std::to_string(count++) + ".ini";
    auto* bytes = reinterpret_cast<GByte*>(text_.data());
    VSIFCloseL(VSIFileFromMemBuffer(path_.c_str(), bytes, text_.size(), FALSE));
  }
  ~MemoryFile() { VSIUnlink(path_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string text_, path_;
};

/// Takes GDAL's messages on this thread; the first failure is kept.
class Messages {
 public:
  Messages() { CPLPushErrorHandlerEx(&Messages::take, this); }
  ~Messages() { CPLPopErrorHandler(); }
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  bool failed() const { return !failure_.empty(); }
  const std::string& failure() const { return failure_; }

 private:
  static void CPL_STDCALL take(CPLErr level, CPLErrorNum, const char* message) {
    auto* self = static_cast<Messages*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && self->failure_.empty())
      self->failure_ = *message ? message : "unknown failure";
  }
  std::string failure_;
};

/// A configuration option of GDAL, for this thread and this scope.
class Setting {
 public:
  Setting(const char* name, const char* value) : name_(name) {
    CPLSetThreadLocalConfigOption(name, value);
  }
  ~Setting() { CPLSetThreadLocalConfigOption(name_, nullptr); }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  const char* name_;
};

std::optional<LonLat> place_of(double lon, double lat) {
  if (!(std::abs(lon) <= 180 && std::abs(lat) <= 90)) return std::nullopt;
  return LonLat{static_cast<std::int32_t>(std::llround(lon * 1e7)),
                static_cast<std::int32_t>(std::llround(lat * 1e7))};
}

constexpr const char* bad_place = "coordinates out of range";
constexpr const char* short_line = "line of fewer than two places";
constexpr const char* short_ring = "ring of fewer than three places";

/// Appends a curve as one part. Gives a reason where it cannot be used.
const char* add_part(const OGRSimpleCurve& curve, bool ring, Shape& shape) {
  std::vector<LonLat> part;
  part.reserve(static_cast<std::size_t>(curve.getNumPoints()));
  for (int i = 0; i < curve.getNumPoints(); ++i) {
    const auto place = place_of(curve.getX(i), curve.getY(i));
    if (!place) return bad_place;
    if (part.empty() || part.back() != *place) part.push_back(*place);
  }
  if (ring && part.size() > 1 && part.front() == part.back()) part.pop_back();
  if (part.size() < (ring ? 3U : 2U)) return ring ? short_ring : short_line;
  shape.parts.push_back(std::move(part));
  return nullptr;
}

const char* add_polygon(const OGRPolygon& polygon, Shape& shape) {
  const OGRLinearRing* outer = polygon.getExteriorRing();
  if (!outer) return short_ring;
  if (const char* reason = add_part(*outer, true, shape)) return reason;
  shape.outer.push_back(true);
  for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
    if (const char* reason = add_part(*polygon.getInteriorRing(i), true, shape)) return reason;
    shape.outer.push_back(false);
  }
  return nullptr;
}

/// Gives a reason where the geometry cannot be used.
const char* convert(const OGRGeometry* geometry, Shape& shape) {
  if (!geometry || geometry->IsEmpty()) return "no geometry";
  switch (wkbFlatten(geometry->getGeometryType())) {
    case wkbPoint: {
      const auto place = place_of(geometry->toPoint()->getX(), geometry->toPoint()->getY());
      if (!place) return bad_place;
      shape.kind = Shape::Kind::point;
      shape.parts.push_back({*place});
      return nullptr;
    }
    case wkbLineString:
      shape.kind = Shape::Kind::line;
      return add_part(*geometry->toLineString(), false, shape);
    case wkbPolygon:
      shape.kind = Shape::Kind::polygon;
      return add_polygon(*geometry->toPolygon(), shape);
    case wkbMultiPolygon:
      shape.kind = Shape::Kind::polygon;
      for (const OGRPolygon* polygon : *geometry->toMultiPolygon())
        if (const char* reason = add_polygon(*polygon, shape)) return reason;
      return nullptr;
    default:
      return "relation that is no area";
  }
}

/// Turns the features of one open file into the extract.
class Collector {
 public:
  explicit Collector(OsmExtract& extract) : extract_(extract) {}
  std::uint64_t places() const { return places_; }

  void add(const OGRFeature& feature) {
    ++extract_.read;
    OsmFeature result;
    for (const char* tag : wanted_tags) {
      const int field = feature.GetFieldIndex(tag);
      if (field < 0 || !feature.IsFieldSetAndNotNull(field)) continue;
      std::string value = feature.GetFieldAsString(field);
      if (is_utf8(value))
        result.tags.emplace(tag, std::move(value));
      else
        ++extract_.skipped["tag that is not UTF-8"];
    }
    if (result.tags.empty()) return skip("no tag of use");
    if (const char* reason = convert(feature.GetGeometryRef(), result.shape)) return skip(reason);
    identify(feature, result);
    for (const auto& part : result.shape.parts) {
      places_ += part.size();
      for (const LonLat place : part) grow(place);
    }
    extract_.features.push_back(std::move(result));
  }

 private:
  void skip(const char* reason) { ++extract_.skipped[reason]; }

  /// Areas come from closed ways (osm_way_id) or from relations (osm_id).
  static void identify(const OGRFeature& feature, OsmFeature& result) {
    const int way = feature.GetFieldIndex("osm_way_id");
    const bool is_way = way >= 0 && feature.IsFieldSetAndNotNull(way);
    const int field = is_way ? way : feature.GetFieldIndex("osm_id");
    result.id = field < 0 ? 0 : feature.GetFieldAsInteger64(field);
    if (result.shape.kind == Shape::Kind::line)
      result.type = 'w';
    else if (result.shape.kind == Shape::Kind::polygon)
      result.type = is_way ? 'w' : 'r';
  }

  void grow(LonLat place) {
    if (!any_) extract_.min = extract_.max = place;
    any_ = true;
    extract_.min.lon_e7 = std::min(extract_.min.lon_e7, place.lon_e7);
    extract_.min.lat_e7 = std::min(extract_.min.lat_e7, place.lat_e7);
    extract_.max.lon_e7 = std::max(extract_.max.lon_e7, place.lon_e7);
    extract_.max.lat_e7 = std::max(extract_.max.lat_e7, place.lat_e7);
  }

  OsmExtract& extract_;
  std::uint64_t places_ = 0;
  bool any_ = false;
};

/// What can be said before GDAL opens the file; nothing where all is well.
std::optional<std::string> refusal(const std::string& path) {
  if (path.rfind("/vsi", 0) == 0) return "is not a plain file";
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return "does not exist";
  if (!std::filesystem::is_regular_file(status)) return "is not a plain file";
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return "cannot be read: " + error.message();
  if (size == 0) return "is empty";
  if (size > most_file_bytes) return "is larger than 2 GiB";
  return std::nullopt;
}

struct DatasetCloser {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, DatasetCloser>;

Dataset open(const std::string& path, const std::string& configuration) {
  static const bool registered = (RegisterOGROSM(), true);
  static_cast<void>(registered);
  const char* const drivers[] = {"OSM", nullptr};
  const std::string option = "CONFIG_FILE=" + configuration;
  const char* const options[] = {option.c_str(), nullptr};
  return Dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                                   options, nullptr));
}

}  // namespace

Result<OsmExtract> read_osm(const std::string& path, const Job& job) {
  if (auto reason = refusal(path)) return fail(path, "", std::move(*reason));
  std::error_code ignored;
  const std::string folder = std::filesystem::temp_directory_path(ignored).string();
  const Setting memory("OSM_MAX_TMPFILE_SIZE", most_temporary_mib);
  const Setting temporary("CPL_TMPDIR", folder.empty() ? "/tmp" : folder.c_str());
  const MemoryFile configuration(driver_configuration());
  const Messages messages;
  const auto damaged = [&] {
    return fail(Error{path,
                      {},
                      shortened(messages.failure(), 60),
                      "is damaged or truncated",
                      "an OpenStreetMap file (.osm.pbf or .osm)"});
  };

  const Dataset dataset = open(path, configuration.path());
  if (!dataset)
    return fail(Error{path, {}, {}, "is no OpenStreetMap data", "a file .osm.pbf or .osm"});
  OsmExtract extract;
  Collector collector(extract);
  OGRLayer* layer = nullptr;
  double share = 0;
  while (const OGRFeatureUniquePtr feature{
      dataset->GetNextFeature(&layer, &share, nullptr, nullptr)}) {
    if (messages.failed()) return damaged();
    if (job.cancelled()) return fail(path, "", std::string(cancelled_message));
    collector.add(*feature);
    if (collector.places() > most_places)
      return fail(Error{path,
                        {},
                        {},
                        "is too large",
                        "at most " + std::to_string(most_places) + " places; cut out a region"});
    if (extract.read % 4096 == 0) job.progress(share, "job.read_map");
  }
  if (messages.failed()) return damaged();
  if (extract.features.empty()) return fail(path, "", "holds no usable feature");
  std::stable_sort(extract.features.begin(), extract.features.end(),
                   [](const OsmFeature& a, const OsmFeature& b) {
                     return a.type != b.type ? a.type < b.type : a.id < b.id;
                   });
  return extract;
}

}  // namespace footfall::geo::gdal
