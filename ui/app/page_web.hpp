// The one window of a browser page, for its main program and for what the page calls.
#pragma once

#include <memory>
#include <string>

#include "ui/app.hpp"
#include "ui/shell.hpp"

namespace footfall::ui {

struct Page {
  App app;
  std::unique_ptr<Shell> shell;
  bool context_lost = false;  ///< nothing is drawn until the browser has given it back
  std::string clipboard;      ///< what was last copied here, or pasted from elsewhere

  /// One turn of the loop.
  void step();
};

/// Null until main() has made it, and for good where the browser has no WebGL 2.
Page* page();

}  // namespace footfall::ui
