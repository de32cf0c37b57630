// Self-crossing is found by sweeping over the edges in order of their left ends and comparing each
// with those whose x range is still open.
#include <algorithm>
#include <cstdint>

#include "core/text.hpp"
#include "geo/polygon.hpp"

namespace footfall::geo {
namespace {

constexpr double furthest_m = 1e8;
constexpr std::uint64_t most_comparisons = 1'000'000'000;

struct Edge {
  Point a, b;
  std::size_t ring = 0;    // 0 is the outer one
  std::size_t vertex = 0;  // of a, in the ring as given
  std::size_t order = 0;   // among the edges of the ring
  std::size_t count = 0;   // edges of the ring
  double left() const { return std::min(a.x, b.x); }
  double right() const { return std::max(a.x, b.x); }
};

enum class Contact { none, touch, cross, overlap };

int side_of(Point a, Point b, Point p) {
  const double cross = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
  return cross > 0 ? 1 : cross < 0 ? -1 : 0;
}

// For edges on one line: by their extent along its longer axis.
Contact contact_on_line(const Edge& e, const Edge& f) {
  const bool along_x = e.right() - e.left() >= std::abs(e.a.y - e.b.y);
  const auto at = [&](Point p) { return along_x ? p.x : p.y; };
  const double low = std::max(std::min(at(e.a), at(e.b)), std::min(at(f.a), at(f.b)));
  const double high = std::min(std::max(at(e.a), at(e.b)), std::max(at(f.a), at(f.b)));
  return low < high ? Contact::overlap : low == high ? Contact::touch : Contact::none;
}

Contact contact(const Edge& e, const Edge& f) {
  if (std::max(e.a.y, e.b.y) < std::min(f.a.y, f.b.y)) return Contact::none;
  if (std::max(f.a.y, f.b.y) < std::min(e.a.y, e.b.y)) return Contact::none;
  const int fa = side_of(e.a, e.b, f.a), fb = side_of(e.a, e.b, f.b);
  const int ea = side_of(f.a, f.b, e.a), eb = side_of(f.a, f.b, e.b);
  if (fa == 0 && fb == 0) return contact_on_line(e, f);
  if (fa * fb > 0 || ea * eb > 0) return Contact::none;
  return fa * fb < 0 && ea * eb < 0 ? Contact::cross : Contact::touch;
}

bool neighbours(const Edge& e, const Edge& f) {
  const std::size_t apart = e.order > f.order ? e.order - f.order : f.order - e.order;
  return apart == 1 || apart == e.count - 1;
}

bool allowed(Contact contact, const Edge& e, const Edge& f) {
  if (contact == Contact::none) return true;
  return contact == Contact::touch && (e.ring != f.ring || neighbours(e, f));
}

class Checker {
 public:
  Checker(std::string_view file, std::string_view place) : file_(file), place_(place) {}

  // Appends the cleaned ring's edges to the sweep; the ring is turned counter-clockwise for the
  // outer one, clockwise for holes.
  void take(Ring& ring, std::size_t number) {
    std::vector<std::size_t> vertex;
    if (!finite(ring, number)) return;
    drop_repeated(ring, vertex);
    if (ring.size() < 3) {
      problem(number, "has fewer than three different points", "at least 3");
      return;
    }
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const std::size_t next = i + 1 < ring.size() ? i + 1 : 0;
      edges_.push_back({ring[i], ring[next], number, vertex[i], i, ring.size()});
    }
    const double area = signed_area_m2(ring);
    if (area == 0) problem(number, "has no area", {});
    if ((area < 0) == (number == 0)) std::reverse(ring.begin(), ring.end());
  }

  void sweep() {
    std::sort(edges_.begin(), edges_.end(), [](const Edge& e, const Edge& f) {
      if (e.left() != f.left()) return e.left() < f.left();
      return e.ring != f.ring ? e.ring < f.ring : e.order < f.order;
    });
    std::vector<const Edge*> open;
    std::uint64_t comparisons = 0;
    for (const Edge& e : edges_) {
      open.erase(std::remove_if(open.begin(), open.end(),
                                [&](const Edge* f) { return f->right() < e.left(); }),
                 open.end());
      comparisons += open.size();
      if (comparisons > most_comparisons) {
        errors_.push_back({file_, place_, {}, "has too many edges to check", {}});
        return;
      }
      for (const Edge* f : open) {
        if (!allowed(contact(*f, e), *f, e)) report(*f, e);
        if (errors_.size() >= most_problems) return;
      }
      open.push_back(&e);
    }
  }

  void problem(std::size_t ring, std::string message, std::string allowed) {
    errors_.push_back({file_, at(ring), {}, std::move(message), std::move(allowed)});
  }
  Errors take_errors() { return std::move(errors_); }
  bool failed() const { return !errors_.empty(); }

 private:
  static constexpr std::size_t most_problems = 20;  // one crossing explains the others

  std::string at(std::size_t ring) const {
    return (place_.empty() ? "ring " : place_ + ", ring ") + std::to_string(ring + 1);
  }

  bool finite(const Ring& ring, std::size_t number) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      if (std::abs(ring[i].x) <= furthest_m && std::abs(ring[i].y) <= furthest_m) continue;
      errors_.push_back({file_,
                         at(number) + ", point " + std::to_string(i + 1),
                         {},
                         "is not a usable coordinate",
                         "-1e8 to 1e8 m"});
      return false;
    }
    return true;
  }

  static void drop_repeated(Ring& ring, std::vector<std::size_t>& vertex) {
    Ring kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      if (!kept.empty() && kept.back() == ring[i]) continue;
      kept.push_back(ring[i]);
      vertex.push_back(i);
    }
    while (kept.size() > 1 && kept.back() == kept.front()) kept.pop_back();
    ring = std::move(kept);
  }

  void report(const Edge& e, const Edge& f) {
    const auto name = [](const Edge& edge) { return "edge " + std::to_string(edge.vertex + 1); };
    std::string other = name(f);
    if (f.ring != e.ring) other += " of ring " + std::to_string(f.ring + 1);
    errors_.push_back({file_, at(e.ring) + ", " + name(e), {}, "crosses or touches " + other, {}});
  }

  std::string file_, place_;
  std::vector<Edge> edges_;
  Errors errors_;
};

}  // namespace

Result<Polygon> checked(Polygon polygon, std::string_view file, std::string_view place) {
  Checker checker(file, place);
  checker.take(polygon.outer, 0);
  for (std::size_t h = 0; h < polygon.holes.size(); ++h) checker.take(polygon.holes[h], h + 1);
  if (!checker.failed()) checker.sweep();
  if (checker.failed()) return fail(checker.take_errors());
  const Polygon outer{polygon.outer, {}};
  for (std::size_t h = 0; h < polygon.holes.size(); ++h) {
    const Ring& hole = polygon.holes[h];
    const bool inside =
        std::all_of(hole.begin(), hole.end(), [&](Point p) { return contains(outer, p); });
    if (!inside) checker.problem(h + 1, "is a hole outside its outer ring", {});
  }
  if (checker.failed()) return fail(checker.take_errors());
  return polygon;
}

}  // namespace footfall::geo
