import Cloud
import Foundation
import Wire

/// An archive: a copy of what came to a bus.
struct ArchiveRecord: Record {
  static let kind = "events.archive"
  static let isCached = true

  var name: String
  /// Its own among all archives that ever had its name; a part of its ARN's rule target.
  var id: String
  var bus: String
  var description: String?
  var pattern: String?
  /// 0 keeps events for ever.
  var retentionDays: Int
  var kmsKey: String?
  var createdAt: Timestamp

  var key: Key { Key(name) }

  static func arn(_ name: String, _ scope: Scope) -> String {
    ARN("events", region: scope.region, account: scope.account, "archive/\(name)").description
  }

  static func name(arn text: String) -> String? {
    guard let arn = ARN(text), arn.service == "events", arn.resource.hasPrefix("archive/") else { return nil }
    return String(arn.resource.dropFirst("archive/".count))
  }

  static func find(_ name: String, in scope: Scope, _ transaction: Transaction) throws(AWSError) -> ArchiveRecord {
    guard let archive = try transaction.get(ArchiveRecord.self, Key(name), in: scope) else {
      throw .notFound("Archive \(name) does not exist.")
    }
    return archive
  }

  // MARK: The rule that feeds it

  /// AWS makes an archive's rule in the account, where everybody can see it.
  static let manager = "prod.vhs.events.aws.internal"
  static func ruleName(_ name: String) -> String { "Events-Archive-\(name)" }

  /// The archive that a target of a managed rule feeds; nothing for all other targets.
  static func name(ofTarget target: PreparedTarget) -> String? {
    guard target.record.arn.hasSuffix(":::"), target.record.id.hasPrefix("Events-Archive-") else { return nil }
    return String(target.record.id.dropFirst("Events-Archive-".count))
  }
}

/// How much an archive holds; apart from the archive, for it changes with every event.
struct ArchiveCountRecord: Record {
  static let kind = "events.archive.count"

  var archive: String
  var events: Int64 = 0
  var bytes: Int64 = 0

  var key: Key { Key(archive) }
}

/// An event in an archive, in the order of the events' own times.
struct ArchivedEventRecord: Record {
  static let kind = "events.archived"
  /// In the order in which they came, for retention.
  static let byIngestion = Index<ArchivedEventRecord>("ingested") { Key(.string($0.archive), .integer($0.ingested)) }
  static let indexes = [byIngestion]

  var archive: String
  var time: Int64
  var order: Int64
  var ingested: Int64
  /// The envelope.
  var json: String

  var key: Key { Key(.string(archive), .integer(time), .integer(order)) }
}
