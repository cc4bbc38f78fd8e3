@testable import Cloud
import Foundation
import Logging
import Testing
import Wire

@testable import S3

/// A store with one bucket, without a server around it.
private struct House {
  let store: Store
  let blobs: Blobs
  let folder: String
  var bucket: BucketRecord

  init(versioning: BucketRecord.Versioning? = nil) throws {
    folder = NSTemporaryDirectory() + "s3-tests-" + UUID().uuidString
    let random = RandomSource(seed: 7)
    blobs = try Blobs(folder: folder, isForcedToDisk: false, random: random)
    store = try Store(at: .memory, clock: CloudClock(), random: random, blobs: blobs, logger: Logger(label: "test"))
    bucket = BucketRecord(
      name: "b", owner: try #require(AccountID("111122223333")), region: .usEast1, created: Timestamp(seconds: 0))
    bucket.versioning = versioning
  }

  func put(_ name: String, _ text: String) async throws -> ObjectRecord {
    let writer = blobs.create(for: bucket.owner)
    // Large enough for a file of its own.
    try writer.write(Array(text.utf8) + [UInt8](repeating: 0, count: 1 << 20))
    try writer.finish()
    let body = ReceivedBody(blob: writer, size: writer.size, digests: [:], trailers: [:])
    let bucket = bucket
    return try await store.transact { transaction throws(AWSError) in
      var object = ObjectRecord(bucket: bucket.name, name: name, modified: transaction.now, etag: text)
      object.size = body.size
      object.pieces = [ObjectPiece(number: 1, size: body.size, extents: try transaction.adopted(body, for: bucket))]
      return try transaction.store(object, in: bucket)
    }
  }

  func run<Answer: Sendable>(
    _ body: @escaping @Sendable (Transaction, BucketRecord) throws(AWSError) -> Answer
  ) async throws -> Answer {
    let bucket = bucket
    return try await store.transact { transaction throws(AWSError) in try body(transaction, bucket) }
  }

  func read(_ name: String) async throws -> String? {
    try await run { transaction, bucket throws(AWSError) in try transaction.object(bucket, name)?.etag }
  }

  /// How many blobs there are.
  func blobCount() async throws -> Int {
    try await run { transaction, bucket throws(AWSError) in
      try transaction.count(BlobRecord.self, in: Scope(bucket.owner))
    }
  }

  func close() {
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }
}

@Suite("Objects, versions and their bytes")
struct StorageTests {
  @Test("overwriting and deleting give up the bytes")
  func bytes() async throws {
    let house = try House()
    _ = try await house.put("k", "one")
    _ = try await house.put("k", "two")
    #expect(try await house.read("k") == "two")
    #expect(try await house.blobCount() == 1)
    _ = try await house.run { transaction, bucket throws(AWSError) in try transaction.remove(bucket, "k") }
    #expect(try await house.read("k") == nil)
    #expect(try await house.blobCount() == 0)
    house.close()
  }

  @Test("shared bytes go with their last user")
  func sharing() async throws {
    let house = try House()
    let original = try await house.put("a", "bytes")
    for name in ["b", "c"] {
      _ = try await house.run { transaction, bucket throws(AWSError) in
        var copy = original
        copy.name = name
        try transaction.share(copy.extents, in: bucket)
        return try transaction.store(copy, in: bucket)
      }
    }
    for (name, left) in [("a", 1), ("c", 1), ("b", 0)] {
      _ = try await house.run { transaction, bucket throws(AWSError) in try transaction.remove(bucket, name) }
      #expect(try await house.blobCount() == left)
    }
    house.close()
  }

  @Test("with versions nothing is lost, and deleting a marker brings the object back")
  func versions() async throws {
    let house = try House(versioning: .enabled)
    let first = try await house.put("k", "one")
    let second = try await house.put("k", "two")
    #expect(first.versionID != second.versionID)
    let marker = try await house.run { transaction, bucket throws(AWSError) in try transaction.remove(bucket, "k") }
    let made = try #require(marker)
    #expect(made.isDeleteMarker)
    #expect(try await house.read("k") == nil)
    try await house.run { transaction, bucket throws(AWSError) in try transaction.remove(bucket, version: made) }
    #expect(try await house.read("k") == "two")
    try await house.run { transaction, bucket throws(AWSError) in try transaction.remove(bucket, version: second) }
    #expect(try await house.read("k") == "one")
    #expect(try await house.blobCount() == 1)
    let id = try #require(first.versionID)
    let found = try await house.run { transaction, bucket throws(AWSError) in try transaction.version(bucket, "k", id) }
    #expect(found?.etag == "one")
    house.close()
  }

  @Test("suspended versioning overwrites only the null version")
  func suspended() async throws {
    var house = try House()
    _ = try await house.put("k", "null 1")
    house.bucket.versioning = .enabled
    let kept = try await house.put("k", "kept")
    house.bucket.versioning = .suspended
    _ = try await house.put("k", "null 2")
    #expect(try await house.blobCount() == 2)
    #expect(try await house.read("k") == "null 2")
    _ = try await house.put("k", "null 3")
    #expect(try await house.blobCount() == 2)
    let marker = try await house.run { transaction, bucket throws(AWSError) in try transaction.remove(bucket, "k") }
    #expect(try #require(marker).versionID == nil)
    #expect(try await house.blobCount() == 1)
    let id = try #require(kept.versionID)
    let found = try await house.run { transaction, bucket throws(AWSError) in try transaction.version(bucket, "k", id) }
    #expect(found?.etag == "kept")
    house.close()
  }

  @Test("a range of an object in pieces is cut from the right blobs")
  func slicing() async throws {
    let house = try House()
    let one = try await house.put("a", "01234").extents[0].blob
    let two = try await house.put("b", "56789").extents[0].blob
    let extents = [Extent(blob: one, offset: 0, count: 5), Extent(blob: two, offset: 0, count: 5)]
    #expect(extents.slice(3..<7) == [Extent(blob: one, offset: 3, count: 2), Extent(blob: two, offset: 0, count: 2)])
    #expect(extents.slice(5..<6) == [Extent(blob: two, offset: 0, count: 1)])
    #expect(extents.slice(0..<0).isEmpty)
    let digests = try await house.run { transaction, _ throws(AWSError) in
      try ExtentReader(transaction: transaction, key: nil).digests(of: extents, [.md5, .crc32])
    }
    #expect(digests[.md5] == DigestAlgorithm.md5.checksum(of: Array("0123456789".utf8)))
    #expect(digests[.crc32] == DigestAlgorithm.crc32.checksum(of: Array("0123456789".utf8)))
    house.close()
  }
}
