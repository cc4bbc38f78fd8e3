import Wire

/// Where a bucket's new objects are copied to. Not built yet.
struct ReplicationRules: Sendable, Codable, Equatable {}
