// The RFC 6962 Merkle tree over a realm's journal: leaf = SHA-256(0x00 || stored event), node =
// SHA-256(0x01 || left || right). Every complete subtree's root is stored once, in the same batch
// as the events, so that heads and proofs of any size of the tree can be computed later without
// rewriting anything.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "workflows/engine/sha256.h"

namespace kasundo {

// 32 bytes.
std::string LeafHash(std::string_view event);
std::string NodeHash(std::string_view left, std::string_view right);

// A complete subtree: the leaves index*2^level ... (index+1)*2^level - 1.
struct TreeNode {
  uint8_t level = 0;
  uint64_t index = 0;
  std::string hash;
};

// The right edge of a growing tree: the roots of its maximal complete subtrees, largest first.
class MerkleFrontier {
 public:
  using ReadNode = std::function<absl::StatusOr<std::string>(uint8_t level, uint64_t index)>;

  // The frontier of a tree of `size` leaves, from its stored nodes.
  static absl::StatusOr<MerkleFrontier> Load(uint64_t size, const ReadNode& read);

  // Adds a leaf; calls `store` for each complete subtree that it finishes (the leaf itself first).
  void Add(std::string leaf, const std::function<void(TreeNode)>& store);

  uint64_t size() const { return size_; }
  // The Merkle tree hash of all leaves (RFC 6962 section 2.1); the hash of nothing for an empty
  // tree.
  std::string Root() const;

 private:
  uint64_t size_ = 0;
  std::vector<TreeNode> peaks_;
};

}  // namespace kasundo
