// Reports as text from results: HTML that opens offline, SVG, CSV, GeoJSON. The command line writes them
// to a folder, the browser offers them as a download.
#pragma once

#include <map>
#include <string>

#include "core/result.hpp"
#include "core/texts.hpp"

namespace footfall::report {

using footfall::Language;

/// Drawn under the result's layers: polygons and lines of the scenario, by kind ("water", "forest",
/// "primary", …), in drawing order.
struct BaseMap {
  std::vector<std::pair<std::string, Shape>> shapes;
};

/// One HTML file that needs nothing else: title, figures with intervals, SVG map with legend, scale bar and
/// attribution, charts, sortable tables, parameters, assumptions, warnings, provenance; prints well; light
/// and dark by the reader's setting. The same results give the same bytes.
std::string html(const Results& results, const BaseMap& base, Language language);

/// The whole result folder: file name -> bytes: report.html, one CSV per table, one GeoJSON per layer,
/// results.json, run.json (without the machine, which the command line adds).
std::map<std::string, std::string> folder(const Results& results, const BaseMap& base, Language language);

}  // namespace footfall::report
