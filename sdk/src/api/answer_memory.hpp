#pragma once

#include <boost/json/memory_resource.hpp>
#include <boost/json/storage_ptr.hpp>

#include <atomic>
#include <cstddef>
#include <vector>

namespace conductor::api {

/** @brief Memory for the values of one answer: handed out from a few blocks while the answer is
 *  read, and given back all at once.
 *
 *  JSON values pass their memory on to their copies, and copies are made on any thread, as often as
 *  a handler likes. So once it is sealed it hands out what is left of its last block, which a first
 *  copy of an input mostly fits into, and then memory of the heap.
 *  @par Threads  One until it is sealed, then any.
 */
class answer_memory final : public boost::json::memory_resource {
public:
    /** @param first_block  So many bytes will the first block have, allocated when needed.
     *  @param self         Set to this object, which `make_shared_resource` would not tell. */
    answer_memory(std::size_t first_block, answer_memory*& self) : next_block_(first_block) {
        self = this;
    }
    answer_memory(answer_memory const&) = delete;
    answer_memory& operator=(answer_memory const&) = delete;
    ~answer_memory();

    /** @brief From now on any thread may ask for memory. */
    void seal() noexcept;

private:
    struct block {
        char* begin;
        char* end;
    };

    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(memory_resource const& other) const noexcept override;
    void add_block(std::size_t bytes_min);
    void* take_from_rest(std::size_t bytes) noexcept;
    bool owns(void const* memory) const noexcept;

    std::vector<block> blocks_;
    char* free_ = nullptr;
    std::size_t next_block_;
    bool is_sealed_ = false;
    std::size_t rest_ = 0;
    std::atomic<std::size_t> rest_taken_{0};
};

/** @brief An `answer_memory` in use: sealed at the end of the scope. */
class open_memory {
public:
    /** @brief For an answer that will need about so many bytes. */
    explicit open_memory(std::size_t bytes);
    open_memory(open_memory const&) = delete;
    open_memory& operator=(open_memory const&) = delete;
    ~open_memory();

    /** @brief What values are made with. */
    boost::json::storage_ptr const& storage() const { return storage_; }

private:
    answer_memory* memory_ = nullptr;
    boost::json::storage_ptr storage_;
};

}  // namespace conductor::api
