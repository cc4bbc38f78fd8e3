import Checksums
import Cloud
import Wire

/// Reads stretches of blobs inside a handler: for copies whose digests must be computed anew.
///
/// It holds up the store's thread, about a second for each gigabyte; most copies need none of it, because they share the
/// source's blobs and keep its digests.
struct ExtentReader {
  let transaction: Transaction
  /// The data key of the bytes' object.
  let key: DataKey?

  private static let bufferSize: Int64 = 1 << 20

  /// The digests of the bytes, and nothing else.
  func digests(
    of extents: [Extent], _ algorithms: [DigestAlgorithm]
  ) throws(AWSError) -> [DigestAlgorithm: [UInt8]] {
    try copy(extents, algorithms, to: nil)
  }

  /// Writes the bytes to another blob and computes digests on the way.
  func copy(
    _ extents: [Extent], _ algorithms: [DigestAlgorithm], to writer: BlobWriter?
  ) throws(AWSError) -> [DigestAlgorithm: [UInt8]] {
    var running = Set(algorithms).map { RunningChecksum($0) }
    for extent in extents {
      let reader = try transaction.open(extent, key)
      var offset = extent.offset
      let end = extent.offset + extent.count
      while offset < end {
        let bytes = try reader.read(offset, Int(min(ExtentReader.bufferSize, end - offset)))
        for index in running.indices { running[index].update(bytes) }
        if let writer { try writer.write(bytes) }
        offset += Int64(bytes.count)
      }
    }
    return Dictionary(running.map { ($0.algorithm, $0.finalize()) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Array where Element == Extent {
  /// The stretches that hold a range of the bytes.
  func slice(_ range: Range<Int64>) -> [Extent] {
    var result: [Extent] = []
    var position: Int64 = 0
    for extent in self {
      let overlap = range.clamped(to: position..<(position + extent.count))
      if !overlap.isEmpty {
        result.append(
          Extent(
            blob: extent.blob, offset: extent.offset + overlap.lowerBound - position,
            count: overlap.upperBound - overlap.lowerBound, seal: extent.seal))
      }
      position += extent.count
    }
    return result
  }
}

extension ObjectRecord {
  /// All the object's bytes in order.
  var extents: [Extent] { pieces.flatMap(\.extents) }
}
