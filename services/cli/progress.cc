#include "services/cli/progress.h"

#include <algorithm>

#include "fmt/format.h"

namespace kasundo::cli {
namespace {

constexpr size_t kCells = 30;

}  // namespace

void ProgressBar::Show(size_t done, size_t total) {
  total_ = total;
  Show(done);
}

void ProgressBar::Show(size_t done) {
  if (!console_.progress) {
    if (done < total_) console_.err << fmt::format("{} of {}\n", done, total_);
    return;
  }
  const size_t filled = total_ == 0 ? kCells : std::min(kCells, kCells * done / total_);
  console_.err << fmt::format("\r[{:#<{}}{:.<{}}] {} of {} ", "", filled, "", kCells - filled, done,
                              total_);
  console_.err.flush();
  drawn_ = true;
}

void ProgressBar::Clear() {
  if (drawn_) console_.err << "\r\033[K";
  drawn_ = false;
}

}  // namespace kasundo::cli
