#include <algorithm>
#include <array>
#include <utility>

#include "sim/report/map.hpp"
#include "sim/report/view.hpp"

namespace footfall::report {
namespace {

using Class = std::pair<std::string_view, std::string_view>;
constexpr std::array areas{
    Class{"water", "b-water"},       Class{"forest", "b-forest"},     Class{"wood", "b-forest"},
    Class{"residential", "b-homes"}, Class{"commercial", "b-shops"},  Class{"retail", "b-shops"},
    Class{"industrial", "b-works"},  Class{"building", "b-building"}, Class{"district", "b-border"},
};
constexpr std::array lines{
    Class{"motorway", "b-road1"},  Class{"trunk", "b-road1"},    Class{"primary", "b-road1"},
    Class{"secondary", "b-road2"}, Class{"tertiary", "b-road2"}, Class{"river", "b-river"},
};

std::string_view class_of(const std::string& kind, Shape::Kind shape) {
  const auto find = [&](const auto& known, std::string_view other) {
    const auto it =
        std::find_if(known.begin(), known.end(), [&](const Class& c) { return c.first == kind; });
    return it == known.end() ? other : it->second;
  };
  return shape == Shape::Kind::polygon ? find(areas, "b-area") : find(lines, "b-road3");
}

/// Lines of one class in a row share one element; polygons do not, since where they overlap their
/// common filling would have holes.
std::string draw(const BaseMap& base, const View& view, std::int64_t tolerance) {
  std::string svg, open_class, open_path;
  const auto close = [&] {
    if (!open_path.empty()) svg += "<path class=\"" + open_class + "\" d=\"" + open_path + "\"/>\n";
    open_path.clear();
  };
  for (const auto& [kind, shape] : base.shapes) {
    if (shape.kind == Shape::Kind::point) continue;
    const std::string_view css = class_of(kind, shape.kind);
    if (shape.kind == Shape::Kind::polygon || css != open_class) close();
    open_class = css;
    open_path += path_data(shape, view, tolerance);
  }
  close();
  return svg;
}

}  // namespace

std::string base_svg(const BaseMap& base, const View& view, std::size_t budget) {
  std::string svg;
  for (std::int64_t tolerance = 7; tolerance < 10'000; tolerance *= 2) {
    svg = draw(base, view, tolerance);
    if (svg.size() <= budget) return svg;
  }
  return {};
}

}  // namespace footfall::report
