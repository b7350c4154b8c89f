#include "workflows/engine/merkle.h"

#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

constexpr std::string_view kLeafPrefix("\0", 1);
constexpr std::string_view kNodePrefix("\1", 1);

}  // namespace

std::string LeafHash(std::string_view event) { return Sha256(kLeafPrefix, event); }

std::string NodeHash(std::string_view left, std::string_view right) {
  return Sha256(kNodePrefix, left, right);
}

absl::StatusOr<MerkleFrontier> MerkleFrontier::Load(uint64_t size, const ReadNode& read) {
  MerkleFrontier frontier;
  frontier.size_ = size;
  uint64_t begin = 0;
  for (int level = 63; level >= 0; --level) {
    if ((size >> level & 1) == 0) continue;
    TreeNode peak{static_cast<uint8_t>(level), begin >> level, {}};
    ASSIGN_OR_RETURN(peak.hash, read(peak.level, peak.index));
    frontier.peaks_.push_back(std::move(peak));
    begin += uint64_t{1} << level;
  }
  return frontier;
}

void MerkleFrontier::Add(std::string leaf, const std::function<void(TreeNode)>& store) {
  TreeNode node{0, size_, std::move(leaf)};
  ++size_;
  store(node);
  while (!peaks_.empty() && peaks_.back().level == node.level) {
    node = {static_cast<uint8_t>(node.level + 1), node.index >> 1,
            NodeHash(peaks_.back().hash, node.hash)};
    peaks_.pop_back();
    store(node);
  }
  peaks_.push_back(std::move(node));
}

std::string MerkleFrontier::Root() const {
  if (peaks_.empty()) return Sha256({});
  std::string root = peaks_.back().hash;
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
    root = NodeHash(peak->hash, root);
  }
  return root;
}

}  // namespace kasundo
