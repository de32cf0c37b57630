// The map of a report: one SVG figure with its legend.
#pragma once

#include <string>

#include "sim/report/report.hpp"

namespace footfall::report {

/// The base map as SVG, the rooms below: at most `budget` bytes or little more, since it is drawn
/// coarser until it fits.
std::string base_svg(const BaseMap& base, const class View& view, std::size_t budget = 600'000);

/// Everything the legend may name.
struct Drawn {
  bool own = false, competitors = false, sites = false;
  std::vector<double> core;     ///< percentages, ascending
  std::vector<double> minutes;  ///< ascending
  std::vector<double> kilometres;
};

/// The layers as SVG in the order reach, shading, stores, sites; `drawn` says what there is.
std::string layers_svg(const std::vector<Layer>& layers, const class View& view, Language language,
                       Drawn& drawn);

/// The figure with legend, scale bar and attribution; "" where there is nothing to draw.
std::string map_figure(const Results& results, const BaseMap& base, Language language);

}  // namespace footfall::report
