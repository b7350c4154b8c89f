#include "workflows/engine/merkle.h"

#include <map>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace kasundo {
namespace {

// The leaves and roots that the Certificate Transparency project tests its implementations of RFC
// 6962 with.
const std::vector<std::string> kLeaves = {"",
                                          "00",
                                          "10",
                                          "2021",
                                          "3031",
                                          "40414243",
                                          "5051525354555657",
                                          "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::string Hex(const std::string& bytes) {
  return absl::BytesToHexString(absl::string_view(bytes.data(), bytes.size()));
}

std::string Bytes(const std::string& hex) {
  return absl::HexStringToBytes(absl::string_view(hex.data(), hex.size()));
}

TEST(Merkle, GivesTheRootsOfRfc6962) {
  MerkleFrontier frontier;
  EXPECT_EQ(Hex(frontier.Root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (size_t i = 0; i < kLeaves.size(); ++i) {
    frontier.Add(LeafHash(Bytes(kLeaves[i])), [](const TreeNode&) {});
    EXPECT_EQ(Hex(frontier.Root()), kRoots[i]) << i + 1 << " leaves";
  }
}

TEST(Merkle, AFrontierLoadedFromStoredNodesGoesOnAsTheOneThatStoredThem) {
  std::map<std::pair<int, uint64_t>, std::string> nodes;
  const auto store = [&](const TreeNode& node) { nodes[{node.level, node.index}] = node.hash; };
  const auto read = [&](uint8_t level, uint64_t index) -> absl::StatusOr<std::string> {
    const auto found = nodes.find({level, index});
    if (found == nodes.end()) return absl::NotFoundError("no node");
    return found->second;
  };
  MerkleFrontier frontier;
  for (int i = 0; i < 200; ++i) {
    const auto loaded = MerkleFrontier::Load(frontier.size(), read);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_EQ(loaded->Root(), frontier.Root());
    frontier.Add(LeafHash(std::to_string(i)), store);
  }
  EXPECT_LT(nodes.size(), 400u);  // two for each leaf at most
}

TEST(Merkle, ALeafIsNoNode) { EXPECT_NE(LeafHash("ab"), NodeHash("a", "b")); }

}  // namespace
}  // namespace kasundo
