import Cloud
import Foundation
import Wire

/// Copies of the whole cloud, under names, to go back to.
///
/// A snapshot is a folder with a copy of the records and hard links to the blobs and to the journal's segments, which never
/// change once written.
struct Snapshots: Sendable {
  let folder: String
  let store: Store
  let blobs: Blobs
  let clock: CloudClock

  /// Names of snapshots are those of files that cannot leave their folder.
  static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64 && !name.hasPrefix(".")
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 95].contains($0)
      }
  }

  /// The names of all snapshots, with the time each was saved.
  func list() -> [(name: String, saved: Date)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter(Snapshots.isValid).sorted().map { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)/hakoniwa.sqlite")
      return (name, attributes?[.modificationDate] as? Date ?? .distantPast)
    }
  }

  /// Saves everything under `name`, in place of an earlier snapshot of that name.
  func save(_ name: String) async throws {
    guard Snapshots.isValid(name) else { throw StoreFailure("a snapshot's name has letters, digits, hyphens, dots") }
    let target = "\(folder)/\(name)"
    let fresh = "\(folder)/.\(name).new"
    try? FileManager.default.removeItem(atPath: fresh)
    try FileManager.default.createDirectory(atPath: fresh, withIntermediateDirectories: true)
    try await ClockRecord.save(clock, in: store)
    try await store.copy(to: fresh + "/hakoniwa.sqlite", journal: fresh + "/journal")
    // Blobs written since the copy are linked too; a load sweeps what its records do not name.
    try blobs.link(to: fresh + "/blobs")
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.moveItem(atPath: fresh, toPath: target)
  }

  /// Goes back to the snapshot `name`; what is there now is gone.
  func load(_ name: String) async throws {
    let source = "\(folder)/\(name)"
    guard Snapshots.isValid(name), FileManager.default.fileExists(atPath: source + "/hakoniwa.sqlite") else {
      throw StoreFailure("there is no snapshot \(name)")
    }
    try blobs.link(from: source + "/blobs")
    try await store.replace(from: source + "/hakoniwa.sqlite", journal: source + "/journal")
    // Blobs of the abandoned present stay until the next start: an upload in progress may own some of them.
    try await ClockRecord.load(into: clock, from: store)
  }
}

/// The clock's setting, kept so that a moved clock stays moved over a restart.
struct ClockRecord: Record {
  static let kind = "cloud.clock"
  var setting: CloudClock.Setting
  var key: Key { "clock" }

  static func save(_ clock: CloudClock, in store: Store) async throws(AWSError) {
    let record = ClockRecord(setting: clock.current)
    try await store.transact { transaction throws(AWSError) in try transaction.put(record, in: .global) }
  }

  static func load(into clock: CloudClock, from store: Store) async throws(AWSError) {
    let record = try await store.transact { transaction throws(AWSError) in
      try transaction.get(ClockRecord.self, "clock", in: .global)
    }
    if let record { clock.restore(record.setting) }
  }
}
