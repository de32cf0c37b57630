// A parameter block: a plain struct with fields (core/params.hpp), seen without its type. The
// registry holds one for each room and one for each study's own options.
#pragma once

#include <functional>
#include <string_view>

#include "core/params.hpp"

namespace footfall::study {

struct Block {
  std::string_view name;
  Json (*defaults)();
  /// All problems of a JSON block; `place` is the path before the fields' names.
  Errors (*check)(const Json& block, std::string_view file, std::string_view place);
  Json (*schema)();
  /// Reads the block (what is wrong in it keeps its default), hands its fields to `visit`, and
  /// gives the block back as `visit` left it.
  Json (*with_fields)(const Json& block, const std::function<void(const Fields&)>& visit);
};

/// The block of struct P, whose list of fields is found by its `fields(P&)`. `name` must outlive it
/// and is a template argument so that the functions need no state.
template <class P, const char* name>
Block block_of() {
  return Block{name,
               [] {
                 P params;
                 return to_json(fields(params));
               },
               [](const Json& block, std::string_view file, std::string_view place) {
                 P params;
                 return from_json(block, fields(params), file, place);
               },
               [] {
                 P params;
                 return schema(fields(params), name);
               },
               [](const Json& block, const std::function<void(const Fields&)>& visit) {
                 P params;
                 const Fields list = fields(params);
                 from_json(block, list, {}, {});
                 visit(list);
                 return to_json(list);
               }};
}

}  // namespace footfall::study
