#include <conductor/sqlite_outbox.hpp>

#include "outbox_ledger.hpp"
#include "outbox_request.hpp"
#include "outbox_store.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace conductor {
namespace {

using namespace storage;

failure no_room(std::string const& path) {
    return {.code = make_error_code(boost::system::errc::no_space_on_device),
            .detail = "outbox " + path};
}

failure stopped_waiting(std::string const& path) {
    return {.code = errc::stopped, .detail = "outbox " + path, .may_have_arrived = true};
}

}  // namespace

class sqlite_outbox::implementation {
public:
    explicit implementation(sqlite_outbox_options options)
        : path_(std::move(options.path)),
          store_(path_),
          ledger_(options.rows_max, options.bytes_max) {
        store_.list(ledger_);
        thread_ = std::thread{&implementation::run, this};
    }
    implementation(implementation const&) = delete;
    implementation& operator=(implementation const&) = delete;
    ~implementation() {
        {
            std::lock_guard const lock{mutex_};
            stopping_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

    std::string const& path() const { return path_; }

    bool reserve(std::size_t bytes) {
        std::lock_guard const lock{mutex_};
        return ledger_.reserve(bytes);
    }
    std::vector<outbox_key> keys() const {
        std::lock_guard const lock{mutex_};
        return ledger_.keys();
    }
    outbox_level level() const {
        std::lock_guard const lock{mutex_};
        return ledger_.level();
    }

    std::shared_ptr<outbox_request> ask(outbox_request what) {
        auto request = std::make_shared<outbox_request>(std::move(what));
        {
            std::lock_guard const lock{mutex_};
            asked_.push_back(request);
        }
        changed_.notify_one();
        return request;
    }

private:
    // All that has been asked for while the disk was waited for goes there together.
    void run() {
        for (auto batch = next(); !batch.empty(); batch = next()) {
            carry_out(store_, batch);
            note(batch);
            for (auto const& request : batch) request->finished.tell();
        }
    }

    outbox_batch next() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return stopping_ || !asked_.empty(); });
        return std::exchange(asked_, {});
    }

    void note(outbox_batch const& batch) {
        std::lock_guard const lock{mutex_};
        for (auto const& request : batch) {
            if (auto const* const put = std::get_if<put_request>(&request->what)) note(*put);
            auto const* const removed = std::get_if<remove_request>(&request->what);
            if (removed != nullptr && removed->outcome) ledger_.forget(removed->key);
        }
    }

    void note(put_request const& put) {
        auto const bytes = size_of(put.row);
        std::chrono::nanoseconds const created{put.row.created};
        if (put.outcome)
            ledger_.keep(*put.outcome, {bytes, std::chrono::system_clock::time_point{created}});
        else
            ledger_.release(bytes);
    }

    std::string path_;
    outbox_store store_;  // the thread's alone, once it runs
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    outbox_ledger ledger_;
    outbox_batch asked_;
    bool stopping_ = false;
    std::thread thread_;
};

sqlite_outbox::sqlite_outbox(sqlite_outbox_options options)
    : implementation_(std::make_unique<implementation>(std::move(options))) {}

sqlite_outbox::~sqlite_outbox() = default;

awaitable<result<outbox_key>> sqlite_outbox::put(outbox_entry entry) {
    auto row = to_row(entry);
    if (!row) co_return row.error();
    if (!implementation_->reserve(size_of(*row))) co_return no_room(implementation_->path());
    auto const asked = implementation_->ask({.what = put_request{.row = *std::move(row)}});
    auto const [cancelled] = co_await asked->finished.wait();
    if (cancelled) co_return stopped_waiting(implementation_->path());
    co_return std::get<put_request>(asked->what).outcome;
}

awaitable<result<void>> sqlite_outbox::remove(outbox_key key) {
    auto const asked = implementation_->ask({.what = remove_request{.key = key}});
    auto const [cancelled] = co_await asked->finished.wait();
    if (cancelled) co_return stopped_waiting(implementation_->path());
    co_return std::get<remove_request>(asked->what).outcome;
}

awaitable<result<std::vector<outbox_key>>> sqlite_outbox::keys() {
    co_return implementation_->keys();
}

awaitable<result<std::optional<outbox_entry>>> sqlite_outbox::read(outbox_key key) {
    auto const asked = implementation_->ask({.what = read_request{.key = key}});
    auto const [cancelled] = co_await asked->finished.wait();
    if (cancelled) co_return stopped_waiting(implementation_->path());
    auto const& row = std::get<read_request>(asked->what).outcome;
    if (!row) co_return row.error();
    if (!*row) co_return std::optional<outbox_entry>{};
    auto entry = to_entry(**row);
    if (!entry) {
        auto error = entry.error();
        error.detail += " " + implementation_->path() + ", key " + std::to_string(key);
        co_return error;
    }
    co_return std::optional<outbox_entry>{*std::move(entry)};
}

outbox_level sqlite_outbox::level() const { return implementation_->level(); }

}  // namespace conductor
