import Checksums
import Cloud
import Testing
import Wire

@testable import FrontDoor

@Suite struct TargetTests {
  private func service(_ target: String, json: String) -> ServiceDefinition {
    let text =
      "service id=\(target.lowercased()) version=1 target=\(target) json=\(json) protocols=json\(json.filter { $0 != "." })"
    return ServiceDefinition(
      model: ServiceModel(generated: [text]), actionPrefix: "x", operations: [], deny: { AWSError("No", $0.message()) })
  }

  private func request(_ target: String, _ type: String) -> HTTPRequest {
    HTTPRequest(method: "POST", path: "/", headers: [("X-Amz-Target", target), ("Content-Type", type)])
  }

  @Test("SWF's old clients are understood: a package before the service's name, and plain JSON for a content type")
  func oldTargets() throws {
    let router = ServiceRouter([
      service("AWSOrganizationsV20161128", json: "1.1"), service("SimpleWorkflowService", json: "1.0"),
    ])
    let old = request(
      "com.amazonaws.swf.service.model.SimpleWorkflowService.RegisterDomain", "application/json; charset=UTF-8")
    let route = try router.route(old, signedFor: "swf")
    #expect(route.service.model.serviceID == "simpleworkflowservice")
    #expect(route.wireProtocol == .json10)
    let other = try router.route(request("AWSOrganizationsV20161128.ListRoots", "application/json"), signedFor: nil)
    #expect(other.wireProtocol == .json11)
    #expect(throws: ServiceRouter.Failure.self) {
      try router.route(request("MySimpleWorkflowService.RegisterDomain", "application/x-amz-json-1.0"), signedFor: nil)
    }
  }
}

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
    Set(BodyReceiver.algorithms(for: headers))
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
