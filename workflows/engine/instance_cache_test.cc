#include "workflows/engine/instance_cache.h"

#include "fmt/format.h"
#include "gtest/gtest.h"

namespace kasundo {
namespace {

InstancePtr Named(std::string name, int64_t revision = 1) {
  auto entry = std::make_shared<InstanceEntry>();
  entry->name = std::move(name);
  entry->record.set_revision(revision);
  return entry;
}

TEST(InstanceCache, HoldsTheLatestOfEachName) {
  InstanceCache cache(10);
  EXPECT_EQ(cache.Find("road"), nullptr);
  cache.Put(Named("road", 1));
  cache.Put(Named("road", 2));
  ASSERT_NE(cache.Find("road"), nullptr);
  EXPECT_EQ(cache.Find("road")->record.revision(), 2);
  EXPECT_EQ(cache.size(), 1u);
}

TEST(InstanceCache, NeverHoldsMoreThanItMayAndAlwaysTheNewest) {
  for (const size_t most : {1u, 2u, 7u, 100u}) {
    InstanceCache cache(most);
    for (int i = 0; i < 1'000; ++i) {
      const std::string name = fmt::format("p{}", i);
      cache.Put(Named(name));
      ASSERT_LE(cache.size(), most);
      ASSERT_NE(cache.Find(name), nullptr) << "at " << i << " of at most " << most;
    }
    EXPECT_EQ(cache.size(), most) << "it is filled before anything goes";
  }
}

TEST(InstanceCache, WhatWentIsStillThereForWhoHoldsIt) {
  InstanceCache cache(1);
  cache.Put(Named("road"));
  const InstancePtr held = cache.Find("road");
  cache.Put(Named("bridge"));
  EXPECT_EQ(cache.Find("road"), nullptr);
  EXPECT_EQ(held->name, "road");
}

}  // namespace
}  // namespace kasundo
