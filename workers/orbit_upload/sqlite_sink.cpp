#include <orbit_upload/sqlite_sink.hpp>

#include <orbit_upload/community_store.hpp>
#include <orbit_upload/storage_report.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers {
namespace {

// A delivery read: what can be loaded, and what cannot.
struct read_delivery {
    community_batch batch;
    // One for each activity; none where it can be loaded.
    std::vector<std::optional<delivery_report>> rejected;
};

delivery_report rejection(failure const& why) {
    return {.outcome = delivery_outcome::rejected,
            .why = {.code = codes::sink_rejected, .message = "the database refuses the activity"},
            .errors = {{"occurred_at", why.detail}}};
}

read_delivery read(delivery const& many, instant now) {
    read_delivery out{.batch = {.workspace = many.workspace,
                                .workflow_id = many.workflow_id,
                                .now = now,
                                .activities = {}},
                      .rejected = {}};
    for (auto const& activity : many.activities) {
        auto read = read_community_activity(activity, now);
        out.rejected.emplace_back();
        if (read)
            out.batch.activities.push_back(*std::move(read));
        else
            out.rejected.back() = rejection(read.error());
    }
    return out;
}

std::vector<delivery_report> merge(std::vector<delivery_report> loaded,
                                   std::vector<std::optional<delivery_report>> rejected) {
    std::vector<delivery_report> all;
    auto next = loaded.begin();
    for (auto& one : rejected) all.push_back(one ? *std::move(one) : std::move(*next++));
    return all;
}

}  // namespace

sqlite_sink::sqlite_sink(std::string path, std::shared_ptr<clock> clock)
    : path_(std::move(path)), clock_(std::move(clock)) {}

awaitable<std::vector<delivery_report>> sqlite_sink::deliver(delivery many) {
    auto const count = many.activities.size();
    auto content = read(many, std::chrono::floor<instant::duration>(clock_->wall()));
    std::function<result<std::vector<bool>>()> const load =
        [path = path_, batch = std::move(content.batch),
         busy_wait = std::min(many.timeout, storage_patience_max)] {
            return load_batch(path, batch, busy_wait);
        };
    auto const created = co_await thread_.run(load);
    if (!created) co_return storage_failure(created.error().message(), count);
    co_return merge(storage_reports(*created), std::move(content.rejected));
}

}  // namespace conductor::workers
