#include "sim/catchment/reasons.hpp"

#include "core/text.hpp"

namespace footfall::catchment {
namespace {

/// Money to three significant digits or so: nobody reads a forecast to the franc.
std::string rough(double value) {
  double step = 1;
  while (step * 1000 <= value) step *= 10;
  return grouped(static_cast<double>(static_cast<std::int64_t>(value / step + 0.5)) * step, 0,
                 "\u00a0");
}

std::string percent(double share) {
  return fixed(share * 100, 0) + " %";
}

}  // namespace

void write_reason(const scenario::Scenario& scenario, const RankOptions& options, std::size_t sites,
                  SiteResult& site) {
  const std::string& currency = scenario.currency;
  const bool road = site.residents_15min > 0;  // else the scenario has none, or none near
  const double residents = road ? site.residents_10min : site.residents_3km;
  const double net_share = site.sales.value > 0 ? site.net_new.value / site.sales.value : 0;

  std::string en = grouped(residents, 0, "\u00a0") +
                   (road ? " residents within 10 minutes. " : " residents within 3 km. ");
  std::string zh =
      (road ? "10分钟内有居民" : "3公里内有居民") + grouped(residents, 0, "\u00a0") + "人。";
  en += percent(net_share) + " of its sales are net-new";
  zh += "销售额的" + percent(net_share) + "为净增";
  if (!site.own_losses.empty() && site.own_losses.front().loss > 0.005 * site.sales.value) {
    const StoreLoss& hit = site.own_losses.front();
    const std::string name = scenario.store(hit.id)->name;
    en += "; it takes most from the own store " + name + ", " + rough(hit.loss) + " " + currency +
          " a year (" + percent(hit.share) + " of its sales)";
    zh += "；自有门店中对" + name + "影响最大，每年分流" + rough(hit.loss) + " " + currency +
          "（占其销售额" + percent(hit.share) + "）";
  } else {
    en += "; own stores lose next to nothing";
    zh += "；自有门店几乎不受影响";
  }
  if (!site.competitor_losses.empty() && site.competitor_losses.front().loss > 0) {
    const StoreLoss& hit = site.competitor_losses.front();
    const std::string name = scenario.store(hit.id)->name;
    en += ". Among competitors " + name + " loses most, " + rough(hit.loss) + " " + currency +
          " a year";
    zh += "。竞争门店中" + name + "损失最大，每年" + rough(hit.loss) + " " + currency;
  }
  en += ".";
  zh += "。";
  if (options.draws > 0 && sites > 3) {
    en += " It stays among the first three in " + percent(site.top3) + " of the draws.";
    zh += "在" + percent(site.top3) + "的参数抽样中位列前三。";
  }
  site.reason_en = std::move(en);
  site.reason_zh = std::move(zh);
}

}  // namespace footfall::catchment
