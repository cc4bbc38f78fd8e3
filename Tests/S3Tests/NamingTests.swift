import Cloud
import Foundation
import Testing
import Wire

@testable import S3

@Suite("Names, tags and stored forms")
struct NamingTests {
  @Test(
    "bucket names that AWS takes",
    arguments: ["abc", "my.bucket-1", "0bucket9", "a.b.c", String(repeating: "a", count: 63)])
  func valid(name: String) { #expect(BucketName.isValid(name)) }

  @Test(
    "bucket names that AWS refuses",
    arguments: [
      "ab", "Abc", "my_bucket", "-abc", "abc-", ".abc", "abc.", "a..b", "192.168.1.1", "xn--abc", "sthree-abc",
      "abc-s3alias",
      "abc--ol-s3", "abc--x-s3", "", "ä-bucket", String(repeating: "a", count: 64),
    ])
  func invalid(name: String) { #expect(!BucketName.isValid(name)) }

  @Test("where a bucket is made follows the constraint and the endpoint")
  func location() throws {
    let west = try #require(Region("us-west-2"))
    #expect(try BucketOperations.location(nil, .usEast1) == .usEast1)
    #expect(try BucketOperations.location("us-west-2", .usEast1) == west)
    #expect(try BucketOperations.location("us-west-2", west) == west)
    #expect(try BucketOperations.location("EU", .usEast1).rawValue == "eu-west-1")
    for (constraint, endpoint) in [
      (nil, west), ("eu-west-1", west), ("us-east-1", Region.usEast1), ("nowhere", .usEast1),
    ] {
      #expect(throws: AWSError.self) { try BucketOperations.location(constraint, endpoint) }
    }
  }

  @Test("tags of a header are a query string")
  func header() throws {
    let tags = try TagRules.parse(header: "a=1&b=x%20y+z&c")
    #expect(tags == [TagPair(key: "a", value: "1"), TagPair(key: "b", value: "x y z"), TagPair(key: "c", value: "")])
    #expect(throws: AWSError.self) { try TagRules.parse(header: "a=1&a=2") }
    #expect(throws: AWSError.self) { try TagRules.parse(header: (0..<11).map { "k\($0)=v" }.joined(separator: "&")) }
  }

  @Test("tags keep to AWS's limits")
  func limits() {
    for bad in [
      TagPair(key: "", value: ""), TagPair(key: "aws:x", value: ""),
      TagPair(key: "k", value: String(repeating: "v", count: 257)),
      TagPair(key: "a<b", value: ""), TagPair(key: String(repeating: "k", count: 129), value: ""),
    ] {
      #expect(throws: AWSError.self) { try TagRules.check([bad], limit: 10) }
    }
  }

  @Test("aws-chunked is a matter of the transfer and not stored")
  func chunking() {
    #expect(NewObject.withoutChunking("aws-chunked") == nil)
    #expect(NewObject.withoutChunking("gzip, aws-chunked") == "gzip")
    #expect(NewObject.withoutChunking("gzip") == "gzip")
  }

  @Test("an object record reads back as it was written")
  func record() throws {
    let account = try #require(AccountID("111122223333"))
    let blob = try JSONDecoder().decode(BlobID.self, from: Data("\"\(account)-abcdefgh\"".utf8))
    var object = ObjectRecord(
      bucket: "b", name: "käse/\u{0}/🧀", modified: Timestamp(milliseconds: 1_764_000_000_123), etag: "e")
    object.size = 5 << 40
    object.versionID = VersionID.make(order: 77, RandomSource(seed: 1))
    object.order = 77
    object.isMultipart = true
    object.headers.contentType = "text/plain"
    object.headers.redirect = "/x"
    object.headers.metadata = ["a": "1", "b": ""]
    object.storageClass = "STANDARD_IA"
    object.tags = [TagPair(key: "k", value: "v")]
    object.checksum = ObjectChecksum(algorithm: .sha256, type: .composite, value: "x-2")
    object.pieces = [
      ObjectPiece(number: 1, size: 3, checksum: "x", extents: [Extent(blob: blob, offset: 5, count: 3)]),
      ObjectPiece(number: 9, size: 0, extents: []),
    ]
    #expect(try ObjectRecord(encoded: object.encoded()) == object)
    let whole = Array(try object.encoded())
    for length in 0..<whole.count {
      #expect(throws: (any Swift.Error).self) { try ObjectRecord(encoded: Data(whole[..<length])) }
    }
  }

  @Test("a version's id says where the version is")
  func versionID() {
    let id = VersionID.make(order: 123_456_789, RandomSource(seed: 2))
    #expect(id.utf8.count == 32)
    #expect(VersionID.order(id) == 123_456_789)
    #expect(VersionID.order("null") == nil)
  }

  @Test("the source of a copy is percent-encoded and may name a version")
  func copySource() throws {
    let plain = try CopySource("/bucket/a%20b/c")
    #expect(plain.bucket == "bucket" && plain.key == "a b/c" && plain.versionID == nil)
    let version = try CopySource("bucket/k?versionId=v1")
    #expect(version.key == "k" && version.versionID == "v1")
    for bad in ["bucket", "/bucket", "bucket/", ""] { #expect(throws: AWSError.self) { try CopySource(bad) } }
  }
}
