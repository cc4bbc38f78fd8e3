import Checksums

/// What a consumer gets with a message to delete it or change its visibility: opaque, and good for one receive.
struct ReceiptHandle: Sendable, Hashable {
  /// The queue's own id: a handle is valid only for the queue that gave it.
  var queue: Int64
  /// The queue's storage when it was given; older than the queue's if the queue was purged since.
  var storage: Int64
  var sentAt: Int64
  var number: Int64
  /// The message's ``MessageRecord/receipt`` of that receive.
  var receipt: UInt64

  // Handles of AWS begin with `AQEB`, which is these three bytes.
  private static let prefix: [UInt8] = [1, 1, 1]

  /// The text the consumer sees.
  var text: String {
    var bytes = ReceiptHandle.prefix
    bytes.reserveCapacity(48)
    for value in [queue, storage, sentAt, number, Int64(bitPattern: receipt)] {
      withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
    bytes.append(contentsOf: ReceiptHandle.checksum(bytes))
    return Base64.encode(bytes)
  }

  init(queue: Int64, storage: Int64, sentAt: Int64, number: Int64, receipt: UInt64) {
    self.queue = queue
    self.storage = storage
    self.sentAt = sentAt
    self.number = number
    self.receipt = receipt
  }

  /// Reads a handle; nothing if `text` isn't one.
  init?(_ text: String) {
    guard let bytes = Base64.decode(text), bytes.count == 47, bytes.starts(with: ReceiptHandle.prefix) else {
      return nil
    }
    guard ReceiptHandle.checksum(bytes[..<43]).elementsEqual(bytes[43...]) else { return nil }
    func integer(_ index: Int) -> Int64 {
      bytes[(3 + index * 8)..<(11 + index * 8)].reduce(0) { $0 << 8 | Int64($1) }
    }
    queue = integer(0)
    storage = integer(1)
    sentAt = integer(2)
    number = integer(3)
    receipt = UInt64(bitPattern: integer(4))
  }

  private static func checksum(_ bytes: some Collection<UInt8>) -> [UInt8] {
    ChecksumAlgorithm.crc32.checksum(of: bytes)
  }
}
