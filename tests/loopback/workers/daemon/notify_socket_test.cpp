#include "notify_receiver.hpp"

#include "support/temporary_folder.hpp"

#include <daemon/notify/notify_socket.hpp>

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

std::string abstract_name() { return "@conductor-test-" + std::to_string(::getpid()); }

TEST(NotifySocketTest, SendsToAPath) {
    temporary_folder const folder;
    notify_receiver receiver{folder.path("notify")};
    daemon::notify_socket socket{folder.path("notify")};
    EXPECT_FALSE(socket.send("READY=1\nSTATUS=x"));
    EXPECT_EQ(receiver.receive(), "READY=1\nSTATUS=x");
    EXPECT_EQ(receiver.sender(), ::getpid());
}

TEST(NotifySocketTest, SendsToAnAbstractName) {
    notify_receiver receiver{abstract_name()};
    daemon::notify_socket socket{abstract_name()};
    EXPECT_FALSE(socket.send("READY=1"));
    EXPECT_EQ(receiver.receive(), "READY=1");
}

TEST(NotifySocketTest, SaysWhenNobodyIsThereAndReachesWhoComesLater) {
    daemon::notify_socket socket{abstract_name()};
    EXPECT_EQ(socket.send("x"), boost::system::errc::connection_refused);
    notify_receiver receiver{abstract_name()};
    EXPECT_FALSE(socket.send("READY=1"));
    EXPECT_EQ(receiver.receive(), "READY=1");
}

TEST(NotifySocketTest, NeverWaitsForAReceiverThatIsBehind) {
    notify_receiver const receiver{abstract_name()};
    daemon::notify_socket socket{abstract_name()};
    error_code error;
    for (int message = 0; message < 1'000'000 && !error; ++message) error = socket.send("x");
    EXPECT_EQ(error, boost::system::errc::operation_would_block);
}

TEST(NotifySocketTest, RefusesWhatIsNoAddress) {
    for (std::string const& address :
         {std::string{"relative"}, std::string{"vsock:2:1234"}, "/" + std::string(108, 'x')})
        EXPECT_THROW(daemon::notify_socket{address}, config_error) << address;
}

}  // namespace
}  // namespace conductor::test
