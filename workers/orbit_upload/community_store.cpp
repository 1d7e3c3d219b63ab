#include <orbit_upload/community_store.hpp>

#include <community/community_schema.hpp>
#include <orbit_upload/community_writer.hpp>

#include <utility>

namespace conductor::workers {
namespace {

result<std::vector<bool>> write(sqlite::database& on, community_batch const& batch) {
    if (auto const ready = prepare_community_schema(on); !ready) return ready.error();
    auto writer = community_writer::prepare(on, batch.workspace, community_time(batch.now));
    if (!writer) return writer.error();
    std::vector<bool> created;
    for (auto const& activity : batch.activities) {
        auto const is_new = writer->add(activity);
        if (!is_new) return is_new.error();
        created.push_back(*is_new);
    }
    if (batch.workflow_id.empty()) return created;
    auto const noted = writer->note_run(batch.workflow_id, created);
    return noted ? result<std::vector<bool>>{std::move(created)} : noted.error();
}

}  // namespace

result<std::vector<bool>> load_batch(std::string const& file, community_batch const& batch,
                                     std::chrono::milliseconds busy_wait) {
    auto opened = sqlite::database::open(file, sqlite::access::read_write, busy_wait);
    if (!opened) return opened.error();
    auto begun = sqlite::transaction::begin(*opened);
    if (!begun) return begun.error();
    auto created = write(*opened, batch);
    if (!created) return created;
    auto const kept = begun->commit();
    return kept ? created : result<std::vector<bool>>{kept.error()};
}

}  // namespace conductor::workers
