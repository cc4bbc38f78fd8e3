import Checksums
import Testing

@testable import FrontDoor

@Suite struct VirtualHostTests {
  @Test(
    "a bucket in the host is found in every form that AWS's clients write",
    arguments: [
      ("photos.localhost:4566", "photos"), ("photos.s3.localhost:4566", "photos"),
      ("photos.s3.eu-west-1.localhost", "photos"), ("my.dotted.bucket.s3.localhost:4566", "my.dotted.bucket"),
      ("photos.s3.amazonaws.com", "photos"), ("photos.s3.eu-west-1.amazonaws.com", "photos"),
      ("photos.s3-eu-west-1.amazonaws.com", "photos"),
    ])
  func named(host: String, bucket: String) {
    #expect(ServiceRouter.bucket(inHost: HTTPRequest(method: "GET", path: "/", headers: [("Host", host)])) == bucket)
  }

  @Test(
    "a host that is only the server's names no bucket",
    arguments: [
      "localhost:4566", "127.0.0.1:4566", "[::1]:4566", "s3.localhost:4566", "s3.eu-west-1.localhost:4566",
      "s3.amazonaws.com", "sqs.us-east-1.amazonaws.com", "example.org",
    ])
  func unnamed(host: String) {
    #expect(ServiceRouter.bucket(inHost: HTTPRequest(method: "GET", path: "/", headers: [("Host", host)])) == nil)
  }
}

@Suite struct BodyDigestTests {
  private func algorithms(_ headers: [(name: String, value: String)]) -> Set<ChecksumAlgorithm> {
    Set(BodyReceiver.algorithms(for: HTTPRequest(method: "PUT", path: "/b/k", headers: headers)))
  }

  @Test("a body without a named checksum gets S3's default, CRC64NVME")
  func defaults() {
    #expect(algorithms([]) == [.md5, .crc64nvme])
    #expect(algorithms([("Content-MD5", "x")]) == [.md5, .crc64nvme])
  }

  @Test("checksums named by header, trailer or algorithm are computed, and then no other")
  func named() {
    #expect(algorithms([("x-amz-checksum-crc32c", "AAAAAA==")]) == [.md5, .crc32c])
    #expect(algorithms([("X-Amz-Trailer", "x-amz-checksum-sha256")]) == [.md5, .sha256])
    #expect(algorithms([("x-amz-sdk-checksum-algorithm", "SHA1")]) == [.md5, .sha1])
    #expect(algorithms([("x-amz-content-sha256", "UNSIGNED-PAYLOAD")]) == [.md5, .crc64nvme])
  }
}
