import Cloud
import Foundation
import Synchronization
import Wire

/// Where e-mail and text messages go: nothing leaves this machine.
///
/// They are records, which the page under `/_hakoniwa/sns/outbox` shows, and lines of JSON in a file of the data folder.
enum Outbox {
  /// The name of the work that writes a line of the file.
  static let work = "outbox"
  /// So many are kept for an account and Region, about.
  private static let limit = 1000

  /// Posts a letter or text message.
  static func post(_ draft: OutboxRecord, in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    var record = draft
    record.order = transaction.nextOrder()
    record.time = transaction.now.milliseconds
    if record.kind == .sms { record.isWithheld = try OptOutRecord.contains(record.to, scope, transaction) }
    try transaction.insert(record, in: scope)
    // The oldest go, now and then: counting costs more than posting.
    if record.order % 32 == 0 {
      let excess = try transaction.count(OutboxRecord.self, in: scope, limit: 2 * limit) - limit
      for old in try transaction.scan(OutboxRecord.self, in: scope, limit: max(0, excess)) {
        try transaction.delete(old, in: scope)
      }
    }
    try transaction.request(
      WorkRequest(
        service: SNSService.name, name: work, in: scope, lane: work, content: Data(record.json.text.utf8)))
  }
}

/// The file of the outbox. State: its handle in a `Mutex`, opened at the first line.
final class OutboxFile: Sendable {
  private let path: String
  private let handle = Mutex<FileHandle?>(nil)

  init(path: String) { self.path = path }

  /// Adds a line.
  func append(_ line: Data) throws {
    try handle.withLock { handle in
      if handle == nil {
        if !FileManager.default.fileExists(atPath: path),
          !FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        {
          throw CocoaError(.fileWriteUnknown)
        }
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      }
      try handle?.seekToEnd()
      try handle?.write(contentsOf: line + [0x0A])
    }
  }
}
