// How far something is, on a terminal as a bar that is drawn over and over, else as a line now and
// then.
#pragma once

#include <cstddef>

#include "services/cli/console.h"

namespace kasundo::cli {

class ProgressBar {
 public:
  ProgressBar(Console& console, size_t total) : console_(console), total_(total) {}

  // `done` of the total; a new total may come with it.
  void Show(size_t done);
  void Show(size_t done, size_t total);
  // Takes the bar from the screen.
  void Clear();

 private:
  Console& console_;
  size_t total_;
  bool drawn_ = false;
};

}  // namespace kasundo::cli
