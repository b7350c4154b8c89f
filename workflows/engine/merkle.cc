#include "workflows/engine/merkle.h"

#include <openssl/evp.h>

#include <memory>

#include "workflows/engine/check.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

// One digest context per thread: fetching the algorithm for each hash doubles its price.
class Digest {
 public:
  Digest() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    KASUNDO_CHECK(algorithm_ != nullptr && context_ != nullptr);
  }
  ~Digest() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(algorithm_);
  }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  std::string Hash(std::string_view prefix, std::string_view first, std::string_view second = {}) {
    std::string hash(32, '\0');
    KASUNDO_CHECK(EVP_DigestInit_ex2(context_, algorithm_, nullptr) == 1);
    for (const std::string_view part : {prefix, first, second}) {
      KASUNDO_CHECK(EVP_DigestUpdate(context_, part.data(), part.size()) == 1);
    }
    KASUNDO_CHECK(
        EVP_DigestFinal_ex(context_, reinterpret_cast<unsigned char*>(hash.data()), nullptr) == 1);
    return hash;
  }

 private:
  EVP_MD* algorithm_;
  EVP_MD_CTX* context_;
};

Digest& ThreadDigest() {
  thread_local Digest digest;
  return digest;
}

constexpr std::string_view kLeafPrefix("\0", 1);
constexpr std::string_view kNodePrefix("\1", 1);

}  // namespace

std::string Sha256(std::string_view bytes) { return ThreadDigest().Hash({}, bytes); }

std::string LeafHash(std::string_view event) { return ThreadDigest().Hash(kLeafPrefix, event); }

std::string NodeHash(std::string_view left, std::string_view right) {
  return ThreadDigest().Hash(kNodePrefix, left, right);
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
