import Foundation

/// A place in a journal.
public struct JournalPlace: Sendable, Codable, Comparable, Hashable {
  public var segment: UInt64
  /// In bytes.
  public var offset: Int

  public init(segment: UInt64, offset: Int) {
    self.segment = segment
    self.offset = offset
  }

  public static func < (left: JournalPlace, right: JournalPlace) -> Bool {
    (left.segment, left.offset) < (right.segment, right.offset)
  }

  private static func file(_ folder: String) -> URL { URL(fileURLWithPath: folder + "/forgotten.json") }

  /// Up to where accounts were emptied.
  static func load(from folder: String) -> [AccountID: JournalPlace] {
    guard let data = try? Data(contentsOf: file(folder)),
      let stored = try? JSONDecoder().decode([String: JournalPlace].self, from: data)
    else { return [:] }
    var result: [AccountID: JournalPlace] = [:]
    for (account, place) in stored { if let account = AccountID(account) { result[account] = place } }
    return result
  }

  static func save(_ places: [AccountID: JournalPlace], to folder: String) throws {
    if places.isEmpty {
      try? FileManager.default.removeItem(at: file(folder))
      return
    }
    let stored = Dictionary(uniqueKeysWithValues: places.map { ($0.key.rawValue, $0.value) })
    try JSONEncoder().encode(stored).write(to: file(folder), options: .atomic)
  }
}
