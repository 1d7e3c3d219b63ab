#include <orbit_upload/storage_report.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

TEST(StorageReportTest, WhatIsNotNewIsADuplicate) {
    auto const reports = storage_reports({true, false});

    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::created);
    EXPECT_EQ(reports[1].outcome, delivery_outcome::duplicate);
}

TEST(StorageReportTest, AFailureIsOneOfAllAndMayPass) {
    auto const reports = storage_failure("disk full: /a", 3);

    ASSERT_EQ(reports.size(), 3U);
    EXPECT_EQ(reports[2].outcome, delivery_outcome::failed);
    EXPECT_EQ(reports[2].why.code, codes::sink_storage);
    EXPECT_EQ(reports[2].why.message, "disk full: /a");
    EXPECT_FALSE(codes::sink_storage.terminal);
}

}  // namespace
}  // namespace conductor::workers
