import Cloud
import Wire

/// A lane's chain of digests: its last one, to which the next will refer.
struct DigestChainRecord: Record {
  static let kind = "cloudtrail.digestChain"

  let trail: TrailID
  let lane: Lane
  /// The `digestEndTime` of the last digest.
  var end: Timestamp
  var bucket: String
  var object: String
  /// Of its unpacked bytes.
  var hash: String
  var signature: String

  var key: Key { DigestChainRecord.key(trail, lane) }

  static func key(_ trail: TrailID, _ lane: Lane) -> Key {
    Key(.string(trail.region.rawValue), .string(trail.name), .string(lane.account.rawValue), .string(lane.region))
  }

  /// The chains of a trail.
  static func all(of trail: TrailRecord, _ transaction: Transaction) throws(AWSError) -> [DigestChainRecord] {
    try transaction.scan(
      DigestChainRecord.self, in: trail.scope, .prefix(.string(trail.region.rawValue), .string(trail.name)))
  }

  static func removeAll(of trail: TrailRecord, _ transaction: Transaction) throws(AWSError) {
    for chain in try all(of: trail, transaction) { try transaction.delete(chain, in: trail.scope) }
    for file in try DeliveredFileRecord.all(of: trail, transaction) { try transaction.delete(file, in: trail.scope) }
  }
}

/// A delivered file that is in no digest yet.
struct DeliveredFileRecord: Record {
  static let kind = "cloudtrail.deliveredFile"

  let trail: TrailID
  let lane: Lane
  let order: Int64
  let delivered: Timestamp
  let bucket: String
  let object: String
  /// Of its unpacked bytes.
  let hash: String
  let oldest: Timestamp
  let newest: Timestamp

  var key: Key {
    Key(
      .string(trail.region.rawValue), .string(trail.name), .string(lane.account.rawValue), .string(lane.region),
      .integer(order))
  }

  static func all(of trail: TrailRecord, _ transaction: Transaction) throws(AWSError) -> [DeliveredFileRecord] {
    try transaction.scan(
      DeliveredFileRecord.self, in: trail.scope, .prefix(.string(trail.region.rawValue), .string(trail.name)))
  }

  static func all(
    of trail: TrailRecord, _ lane: Lane, _ transaction: Transaction
  ) throws(AWSError) -> [DeliveredFileRecord] {
    try transaction.scan(
      DeliveredFileRecord.self, in: trail.scope,
      .prefix(
        .string(trail.region.rawValue), .string(trail.name), .string(lane.account.rawValue), .string(lane.region)))
  }
}
