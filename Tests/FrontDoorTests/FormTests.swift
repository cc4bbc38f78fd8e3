import Checksums
import Cloud
import Testing
import Wire

@testable import FrontDoor

@Suite("Forms")
struct FormTests {
  private static let text =
    "preamble\r\n--XX\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na b\r\n--XX\r\n"
    + "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--XX\r\n"
    + "content-disposition: form-data; name=file; filename=\"C:\\dir\\f.txt\"\r\nContent-Type: text/plain\r\n\r\n"
    + "one\r\n--X\r\ntwo\r\n--XX\r\nContent-Disposition: form-data; name=\"late\"\r\n\r\nignored\r\n--XX--\r\n"

  private static func read(_ text: String, pieces size: Int) throws -> (MultipartForm, [UInt8], begins: Int) {
    var form = MultipartForm(boundary: "XX")
    var file: [UInt8] = []
    var begins = 0
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let piece = Array(bytes[index..<min(bytes.count, index + size)])
      try piece.withUnsafeBytes { buffer in
        try form.feed(
          buffer, begin: { _ throws(AWSError) in begins += 1 }, file: { part throws(AWSError) in file += part })
      }
      index += size
    }
    return (form, file, begins)
  }

  @Test("a form reads the same in pieces of any size", arguments: [1, 2, 3, 7, 16, 64, 1000])
  func pieces(size: Int) throws {
    let (form, file, begins) = try Self.read(Self.text, pieces: size)
    #expect(form.fields.map(\.name) == ["key", "empty"])
    #expect(form.fields.map(\.value) == ["a b", ""])
    #expect(form.fileName == "f.txt")
    #expect(String(decoding: file, as: UTF8.self) == "one\r\n--X\r\ntwo")
    #expect(form.isComplete && begins == 1)
  }

  @Test("a form that is cut off isn't complete")
  func truncated() throws {
    let (form, _, _) = try Self.read(String(Self.text.prefix(200)), pieces: 50)
    #expect(!form.isComplete)
  }

  @Test("more than 20 KB of fields are refused")
  func large() {
    let text = "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + String(repeating: "x", count: 30_000)
    #expect(throws: AWSError.self) { try Self.read(text, pieces: 4096) }
  }

  private static func policy(_ conditions: String) throws -> PostPolicy {
    let json = "{\"expiration\": \"2030-01-01T00:00:00.000Z\", \"conditions\": [\(conditions)]}"
    return try PostPolicy(Base64.encode(Array(json.utf8)))
  }

  @Test(
    "what a policy allows",
    arguments: [
      (#"{"bucket": "b"}, ["eq", "$key", "k"]"#, ["bucket": "b", "key": "k"], nil),
      (#"{"bucket": "b"}, ["eq", "$Key", "k"]"#, ["bucket": "b", "key": "x"], #"["eq", "$key", "k"]"#),
      (#"{"bucket": "b"}, ["starts-with", "$key", ""]"#, ["bucket": "b", "key": "x"], nil),
      (
        #"{"bucket": "b"}, ["starts-with", "$key", "u/"]"#, ["bucket": "b", "key": "x"],
        #"["starts-with", "$key", "u/"]"#
      ),
      (#"{"bucket": "b"}"#, ["bucket": "b", "key": "x"], "Extra input fields: key"),
      (#"{"bucket": "b"}"#, ["bucket": "b", "x-ignore-me": "x", "policy": "p"], nil),
      (
        #"["starts-with", "$content-type", "image/"]"#, ["content-type": "image/png, text/plain"],
        #"["starts-with", "$content-type", "image/"]"#
      ),
    ] as [(String, [String: String], String?)])
  func conditions(conditions: String, fields: [String: String], problem: String?) throws {
    let policy = try Self.policy(conditions)
    let now = try #require(Timestamp(iso8601: "2029-01-01T00:00:00Z"))
    guard let problem else { return try policy.check(fields, at: now) }
    let error = #expect(throws: AWSError.self) { try policy.check(fields, at: now) }
    #expect(error?.message.contains(problem) == true)
  }

  @Test("policies that can't be read", arguments: ["{", "[]", "{}", #"{"expiration": "x"}"#])
  func unreadable(text: String) {
    let error = #expect(throws: AWSError.self) { try PostPolicy(Base64.encode(Array(text.utf8))) }
    #expect(error?.code == "InvalidPolicyDocument")
  }

  @Test(
    "hosts of websites",
    arguments: [
      ("b.s3-website-us-east-1.amazonaws.com", "b", "us-east-1"),
      ("a.b.s3-website.eu-west-1.amazonaws.com", "a.b", "eu-west-1"), ("b.s3-website.localhost:4566", "b", nil),
      ("b.s3-website.us-east-1.localhost", "b", "us-east-1"), ("b.s3.localhost", nil, nil),
      ("s3-website.localhost", nil, nil),
    ] as [(String, String?, String?)])
  func websites(host: String, bucket: String?, region: String?) {
    let found = ServiceRouter.website(inHost: HTTPRequest(method: "GET", path: "/", headers: [("Host", host)]))
    #expect(found?.bucket == bucket)
    #expect(found?.region == region)
  }
}
