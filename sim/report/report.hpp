// Reports as text from results: HTML that opens offline, SVG, CSV, GeoJSON. The command line writes
// them to a folder, the browser offers them as a download.
//
// A report is written from what results hold, whatever the study; names come from core/texts.hpp by
// the ids of figures, tables, columns and layers. Some ids and columns are shown in a way of their
// own:
//
//   column x with x_low, x_high     one cell: value, interval below it
//   columns reason_en, reason_zh    the list of sites in words, in the report's language
//   table "sites"                   with name, net_new_sales, transferred: best site, bar chart
//   table "transfers"               with site, store, role, loss_share: matrix of own stores'
//   losses table "parameters"              (parameters.hpp) the section of parameters layer of
//   points with rank       numbered pins;  with role and sales: stores;  with core: shading layer
//   of polygons with minutes or kilometres: outlines of reach
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "core/texts.hpp"

namespace footfall::report {

using footfall::Language;

/// Drawn under the result's layers: polygons and lines of the scenario, by kind ("water", "forest",
/// "primary", …), in drawing order.
struct BaseMap {
  std::vector<std::pair<std::string, Shape>> shapes;
};

/// One HTML file that needs nothing else: title, figures with intervals, SVG map with legend, scale
/// bar and attribution, charts, sortable tables, parameters, assumptions, warnings, provenance;
/// prints well on A4; light and dark by the reader's setting. The same results give the same bytes.
/// Long tables are cut (their CSV is whole), the base map is simplified until it is under 600 kB.
std::string html(const Results& results, const BaseMap& base, Language language);

/// The whole result folder: file name -> bytes: report.html, one CSV per table, one GeoJSON per
/// layer, results.json, run.json (the provenance, without the machine, which the command line
/// adds). Characters of ids that do not belong in file names become "_".
std::map<std::string, std::string> folder(const Results& results, const BaseMap& base,
                                          Language language);

}  // namespace footfall::report
