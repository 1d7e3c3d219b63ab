#include <daemon/control/form_fields.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::read_form;
using fields = std::map<std::string, std::string, std::less<>>;

TEST(FormFieldsTest, ReadsPairs) {
    EXPECT_EQ(read_form("type=star_filter&form=a-b_c"),
              (fields{{"type", "star_filter"}, {"form", "a-b_c"}}));
    EXPECT_EQ(read_form(""), fields{});
}

TEST(FormFieldsTest, UndoesTheEscapesOfABrowser) {
    EXPECT_EQ(read_form("t%6Fken=a%2Bb%3d%26+c")["token"], "a+b=& c");
    EXPECT_EQ(read_form("a=%00")["a"], std::string(1, '\0'));
}

TEST(FormFieldsTest, AnEscapeThatIsNoneStandsForItself) {
    EXPECT_EQ(read_form("a=%&b=%4&c=%zz&d=%+1"),
              (fields{{"a", "%"}, {"b", "%4"}, {"c", "%zz"}, {"d", "% 1"}}));
}

TEST(FormFieldsTest, OfTwoTheFirstCounts) { EXPECT_EQ(read_form("a=1&a=2"), (fields{{"a", "1"}})); }

TEST(FormFieldsTest, TakesWhateverComes) {
    EXPECT_EQ(read_form("&&=&a&=b&c=d=e"), (fields{{"", ""}, {"a", ""}, {"c", "d=e"}}));
}

}  // namespace
}  // namespace conductor::test
