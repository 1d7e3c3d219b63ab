#include "simulated_disk.hpp"

namespace conductor::simulation {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds write_max{15};

boost::system::error_code const io_error = make_error_code(boost::system::errc::io_error);

}  // namespace

awaitable<void> simulated_outbox::pass() {
    auto const mine = on_.lot->take();
    on_.time->after(on_.luck->between(milliseconds{0}, write_max),
                    [lot = on_.lot, mine] { lot->release(mine); });
    return on_.lot->wait(mine);
}

awaitable<result<outbox_key>> simulated_outbox::put(outbox_entry entry) {
    co_await pass();
    auto& disk = *on_.disk;
    if (fails() || disk.rows.size() >= disk.rows_max)
        co_return failure{make_error_code(boost::system::errc::no_space_on_device)};
    auto const key = ++disk.last;
    disk.rows.emplace(key, std::move(entry));
    // It is written; a crash now finds the process unaware of it.
    co_await pass();
    co_return key;
}

bool simulated_outbox::fails() {
    return on_.disk->failures > 0 && on_.luck->one_in(on_.disk->failures);
}

awaitable<result<void>> simulated_outbox::remove(outbox_key key) {
    co_await pass();
    if (fails()) co_return failure{io_error};
    auto const found = on_.disk->rows.find(key);
    if (found != on_.disk->rows.end()) {
        on_.noted->forgets(found->second.update);
        on_.disk->rows.erase(found);
    }
    co_return boost::system::in_place_value;
}

awaitable<result<std::vector<outbox_key>>> simulated_outbox::keys() {
    co_await pass();
    if (fails()) co_return failure{io_error};
    std::vector<outbox_key> all;
    for (auto const& [key, entry] : on_.disk->rows) all.push_back(key);
    co_return all;
}

awaitable<result<std::optional<outbox_entry>>> simulated_outbox::read(outbox_key key) {
    co_await pass();
    if (fails()) co_return failure{io_error};
    auto const found = on_.disk->rows.find(key);
    if (found == on_.disk->rows.end()) co_return std::optional<outbox_entry>{};
    co_return std::optional{found->second};
}

}  // namespace conductor::simulation
