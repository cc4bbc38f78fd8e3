import Checksums
import Cloud
import Wire

/// Reads stretches of blobs for a handler: for copies whose digests must be computed anew.
///
/// Few bytes are read at once, many between two runs of the handler; most copies need neither, because they share the source's
/// blobs and keep its digests.
struct ExtentReader {
  let transaction: Transaction
  /// The data key of the bytes' object.
  let key: DataKey?

  /// So many bytes are read on the store's thread, for a millisecond at most.
  private static let few: Int64 = 256 << 10

  /// The digests of the bytes, and nothing else.
  func digests(
    of extents: [Extent], _ algorithms: [DigestAlgorithm]
  ) throws(AWSError) -> [DigestAlgorithm: [UInt8]] {
    try read(extents, algorithms, "digests", nil).digests
  }

  /// Writes the bytes to another blob and computes digests on the way.
  /// - Parameters:
  ///   - kind: tells writers apart that can't stand for each other.
  ///   - writer: makes the blob.
  func copy(
    _ extents: [Extent], _ algorithms: [DigestAlgorithm], _ kind: String,
    to writer: @escaping () throws(AWSError) -> BlobWriter
  ) throws(AWSError) -> (digests: [DigestAlgorithm: [UInt8]], writer: BlobWriter) {
    let found = try read(extents, algorithms, kind, writer)
    guard let writer = found.writer else { throw .internalFailure() }
    return (found.digests, writer)
  }

  private func read(
    _ extents: [Extent], _ algorithms: [DigestAlgorithm], _ kind: String,
    _ writer: (() throws(AWSError) -> BlobWriter)?
  ) throws(AWSError) -> ByteGathering.Gathered {
    let gathering = extents.reduce(0) { $0 + $1.count } > ExtentReader.few ? transaction.gathering : nil
    let algorithms = Set(algorithms).sorted { $0.rawValue < $1.rawValue }
    var name = "\(kind) \(algorithms.map(\.rawValue).joined(separator: " "))"
    for extent in extents { name += " \(extent.blob):\(extent.offset):\(extent.count)" }
    if let found = gathering?.result(name) { return found }
    var pieces: [ResponseBody.Piece] = []
    for extent in extents {
      pieces.append(
        ResponseBody.Piece(try transaction.open(extent, key), offset: extent.offset, count: extent.count))
    }
    let wanted = ByteGathering.Wanted(name: name, pieces: pieces, algorithms: algorithms, writer: try writer?())
    guard let gathering else { return try ByteGathering.read(wanted) }
    throw gathering.want(wanted)
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
