# What needs no words of its own, blanked so that lines stay where they are: comparisons and copies as
# everybody expects them, and specialisations of what belongs to another library.
/friend bool operator==.*{$/,/^ *}$/s/.*//
/friend bool operator==.*,$/,/;$/s/.*//
s/^ *friend bool operator==.*;$//
s/^ *[a-z_]*([a-z_]* const&) = default;$//
s/^ *[a-z_]*([a-z_]*&&) = default;$//
s/^ *[a-z_]*& operator=([a-z_]* const&) = default;$//
/^struct boost::system::is_error/s/.*//
