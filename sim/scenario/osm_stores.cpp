// Existing stores: which shops count, how large they are, whose they are.
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>

#include "core/text.hpp"
#include "sim/scenario/osm_parts.hpp"

namespace footfall::scenario::osm {

namespace {

constexpr double same_shop_m = 60;  // a point and a building this near with one name are one shop

struct Shop {
  geo::MultiPolygon polygons;  // empty for points
  geo::Point place;
  std::string name, brand, district;
  std::string labels;  // brand, operator and name, folded
};

std::string first_of(const geo::OsmFeature& feature, std::initializer_list<const char*> keys) {
  for (const char* key : keys)
    if (std::string value = clean_name(tag(feature, key)); !value.empty()) return value;
  return {};
}

Shop shop_of(const geo::OsmFeature& feature, const geo::Frame& frame,
             const Municipalities& municipalities) {
  Shop shop;
  if (feature.shape.kind == Shape::Kind::polygon) {
    shop.polygons = to_polygons(feature.shape, frame);
    shop.place = geo::centroid(shop.polygons.front());
  } else {
    shop.place = frame.to_local(feature.shape.parts.front().front());
  }
  shop.name = clean_name(tag(feature, "name"));
  shop.brand = first_of(feature, {"brand", "operator"});
  shop.district = municipalities.name_at(shop.place);
  for (const char* key : {"brand", "operator", "name"})
    shop.labels += folded(tag(feature, key)) + "\n";
  return shop;
}

/// True where both features of the map describe one shop: the point inside the building, or near it
/// under the same name.
bool same_shop(const Shop& a, const Shop& b) {
  if (geo::contains(a.polygons, b.place) || geo::contains(b.polygons, a.place)) return true;
  return !a.name.empty() && folded(a.name) == folded(b.name) &&
         geo::distance_m(a.place, b.place) <= same_shop_m;
}

/// Keeps the first description and takes from the second what the first lacks.
void join(Shop& kept, const Shop& other) {
  if (kept.name.empty()) kept.name = other.name;
  if (kept.brand.empty()) kept.brand = other.brand;
  kept.labels += other.labels;
}

/// Shops of the wanted kind inside the municipalities; buildings before points, so that the area is
/// known of those mapped twice.
std::vector<Shop> find_shops(const Features& features, const geo::Frame& frame,
                             const Municipalities& municipalities, const std::string& kind,
                             Notes& notes) {
  std::vector<Shop> shops;
  for (const auto wanted : {Shape::Kind::polygon, Shape::Kind::point}) {
    for (const geo::OsmFeature* feature : features) {
      if (feature->shape.kind != wanted || tag(*feature, "shop") != kind) continue;
      Shop shop = shop_of(*feature, frame, municipalities);
      const auto same = std::find_if(shops.begin(), shops.end(),
                                     [&](const Shop& other) { return same_shop(other, shop); });
      if (shop.district.empty()) {
        notes.count("Stores outside every municipality left out");
      } else if (same != shops.end()) {
        notes.count("Stores mapped twice, taken once");
        join(*same, shop);
      } else {
        shops.push_back(std::move(shop));
      }
    }
  }
  return shops;
}

/// "Coop Schaan" -> "Coop": names of municipalities are no part of a brand.
std::string without_places(const std::string& name, const Municipalities& municipalities) {
  std::string out;
  for (const std::string& word : split(name, ' ')) {
    const std::string key = folded(word);
    const bool place =
        std::any_of(municipalities.rows.begin(), municipalities.rows.end(),
                    [&](const Municipality& row) { return folded(row.name) == key; });
    if (!word.empty() && !place) out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

/// The brand with the most stores; of equals the first by name.
std::string commonest(const std::vector<Store>& stores) {
  std::map<std::string, std::size_t> count;
  for (const Store& store : stores)
    if (!store.brand.empty()) ++count[store.brand];
  const auto most = std::max_element(
      count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == count.end() ? std::string() : most->first;
}

/// "Coop" in Balzers -> "Coop Balzers"; "Supermarket Vaduz" where there is no name.
std::string display_name(const Shop& shop, const std::string& kind) {
  std::string base = shop.name;
  if (base.empty()) {
    base = kind;
    if (base.front() >= 'a' && base.front() <= 'z')
      base.front() = static_cast<char>(base.front() - 'a' + 'A');
  }
  const bool has_place = folded(base).find(folded(shop.district)) != std::string::npos;
  return clean_name(has_place ? base : base + " " + shop.district);
}

double sales_area(const Shop& shop, const OsmImportParams& params, Notes& notes) {
  if (shop.polygons.empty()) {
    notes.count("Stores mapped as a point, taken with the default sales area");
    return params.default_area_m2;
  }
  const double area = geo::area_m2(shop.polygons) * params.sales_share;
  return std::clamp(std::floor(area + 0.5), floor_area_range.min, floor_area_range.max);
}

void number_equal_names(std::vector<Store>& stores) {
  std::map<std::string, int> seen;
  for (Store& store : stores)
    if (const int n = ++seen[store.name]; n > 1) store.name += " (" + std::to_string(n) + ")";
}

}  // namespace

std::vector<Store> existing_stores(const Features& features, const geo::Frame& frame,
                                   const Municipalities& municipalities,
                                   const OsmImportParams& params, std::string& own_brand,
                                   Notes& notes) {
  const std::vector<Shop> shops = find_shops(features, frame, municipalities, params.shop, notes);
  std::vector<Store> stores;
  for (const Shop& shop : shops) {
    Store store;
    store.id.value = static_cast<std::uint32_t>(stores.size() + 1);
    store.place = frame.to_lonlat(shop.place);
    store.name = display_name(shop, params.shop);
    store.brand = shop.brand.empty() ? without_places(shop.name, municipalities) : shop.brand;
    store.floor_area_m2 = sales_area(shop, params, notes);
    stores.push_back(std::move(store));
  }
  own_brand = params.own_brand.empty() ? commonest(stores) : params.own_brand;
  std::size_t own = 0;
  for (std::size_t i = 0; i < stores.size() && !own_brand.empty(); ++i)
    if (shops[i].labels.find(folded(own_brand)) != std::string::npos) {
      stores[i].role = Role::own;
      stores[i].brand = own_brand;
      ++own;
    }
  number_equal_names(stores);
  if (stores.empty()) notes.add("No store with shop=" + params.shop + " is on the map");
  if (!stores.empty() && own == 0) notes.add("No store of the own brand is on the map");
  if (params.own_brand.empty() && own > 0)
    notes.add("Own brand: " + own_brand + ", the one with the most stores");
  return stores;
}

}  // namespace footfall::scenario::osm
