// Texts of many runs.
#include "core/texts.hpp"

namespace footfall {
namespace {

constexpr Text rows[] = {
    {"job.runs", "Running", "运行中"},
    {"ui.runs", "Runs", "批量运行"},
    {"command.view.runs", "Runs", "批量运行"},
    {"command.file.runs", "Save the table of runs as CSV", "把批量运行结果表存为 CSV"},
    {"ui.runs_empty", "Run a study many times", "多次运行一项研究"},
    {"ui.runs_hint",
     "Choose on the left what is varied and how often each point is replicated, then press Run, or "
     "F5. Mean and interval of every figure appear here as units finish.",
     "在左侧选择变化的参数和每个设计点的重复次数，然后单击“运行”或按 "
     "F5。各指标的均值和区间会随单元完成而显示。"},
    {"ui.runs_waiting", "The first unit is running", "第一个单元正在运行"},
    {"ui.run_units", "Run {0} units", "运行 {0} 个单元"},
    {"ui.run_units_at_most", "Run up to {0} units", "最多运行 {0} 个单元"},
    {"ui.run_continue", "Go on with {0} units", "继续运行 {0} 个单元"},
    {"ui.runs_done", "{0} of {1} units", "{1} 个单元中的 {0} 个"},
    {"ui.runs_stopped", "Stopped; what has finished is kept", "已停止，完成的结果保留"},
    {"ui.runs_stale", "Design or scenario have changed since this batch",
     "设计或方案在此批量运行之后已更改"},
    {"ui.runs_failed", "{0} units failed", "{0} 个单元失败"},
    {"ui.design", "Design", "设计"},
    {"ui.design.grid", "Grid", "网格"},
    {"ui.design.lhs", "Latin hypercube", "拉丁超立方"},
    {"ui.design.sobol", "Sobol sequence", "Sobol 序列"},
    {"ui.design.list", "List of points", "设计点列表"},
    {"ui.runs_study", "Study", "研究"},
    {"ui.varied", "Varied parameters", "变化的参数"},
    {"ui.vary", "Vary a parameter", "添加变化的参数"},
    {"ui.vary_none", "Nothing varies: every unit is the scenario as it is.",
     "没有变化的参数：每个单元都按方案现状运行。"},
    {"ui.vary_remove", "Vary it no longer", "不再变化"},
    {"ui.vary_low", "From", "从"},
    {"ui.vary_high", "To", "到"},
    {"ui.vary_steps", "Number of values", "取值个数"},
    {"ui.list_hint",
     "First line: parameters (room.name) or options. Then a line for each point, with commas.",
     "第一行：参数（room.name）或选项。之后每行一个设计点，用逗号分隔。"},
    {"ui.design_points", "Points", "设计点"},
    {"ui.replications", "Replications", "重复次数"},
    {"ui.at_most", "At most", "最多重复"},
    {"ui.seed", "Seed", "随机种子"},
    {"ui.stop_early", "Stop a point once its figure is known", "指标足够精确时停止该点"},
    {"ui.stop_width", "95 % interval within ± of the mean", "95% 区间在均值的 ± 以内"},
    {"ui.stop_unknown", "The study's figures are known after its first run.",
     "首次运行后才知道该研究有哪些指标。"},
    {"ui.figure", "Figure", "指标"},
    {"ui.by_point", "by design point", "按设计点"},
    {"ui.along", "along {0}", "沿 {0}"},
    {"ui.batch_plan", "{0} · {1}, {2} points × {3} replications, seed {4}",
     "{0} · {1}，{2} 个设计点 × {3} 次重复，种子 {4}"},
    {"ui.batch_plan_once", "{0} · {1}, {2} points once each, seed {4}",
     "{0} · {1}，{2} 个设计点各一次，种子 {4}"},
    {"ui.runs_complete", "Complete", "已完成"},
    {"ui.units_done", "Units done", "已完成单元"},
    {"ui.of_units", "of {0}", "共 {0}"},
    {"ui.of_units_or_more", "of {0}, perhaps more", "共 {0}，可能更多"},
    {"ui.time_left", "Time left", "剩余时间"},
    {"ui.units_a_second", "{0} units a second", "每秒 {0} 个单元"},
    {"ui.failed_units", "Failed units", "失败的单元"},
    {"ui.widest_interval", "Widest interval", "最宽区间"},
    {"ui.of_the_mean", "of the mean, point {0}", "均值的占比，设计点 {0}"},
    {"ui.point_number", "Point {0}", "设计点 {0}"},
    {"ui.half_width", "± {0}", "± {0}"},
    {"ui.mean_interval", "mean and 95 % interval", "均值与 95% 区间"},
    {"ui.one_run", "single runs", "单次运行"},
    {"ui.settling", "Point {0} as replications are added", "设计点 {0} 随重复次数的变化"},
    {"ui.no_scatter", "Replications do not change this figure.", "重复运行不改变该指标。"},
    {"ui.needs_two", "An interval needs two replications.", "至少两次重复才有区间。"},
    {"ui.after_n", "After {0} replications", "{0} 次重复后"},
    {"ui.unit_failed", "Unit {0}: point {1}, replication {2}, seed {3}",
     "单元 {0}：设计点 {1}，第 {2} 次重复，种子 {3}"},
    {"table.design_points", "Design points", "设计点"},
    {"column.point", "Point", "设计点"},
    {"column.n", "n", "n"},
    {"column.half_width", "± half-width", "± 半宽"},
    {"job.runs_left", "{0} of {1} units, {2} left", "{1} 个单元中的 {0} 个，剩余 {2}"},
};

}  // namespace

std::span<const Text> batch_texts() {
  return rows;
}

}  // namespace footfall
