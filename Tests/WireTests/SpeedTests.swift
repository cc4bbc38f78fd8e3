import Foundation
import Testing

@testable import Wire

/// Measures the codecs when `WIRE_BENCH` is set; run with `-c release -Xswiftc -enable-testing`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["WIRE_BENCH"] != nil), .serialized)
struct SpeedTests {
  private func measure(_ name: String, _ body: () throws -> Void) rethrows {
    for _ in 0..<2000 { try body() }
    let count = 50_000
    let time = try ContinuousClock().measure { for _ in 0..<count { try body() } }
    let micros = Double(time.components.attoseconds) / 1e12 + Double(time.components.seconds) * 1e6
    print("speed \(name): \(((micros / Double(count)) * 100).rounded() / 100) µs")
  }

  @Test("SendMessage, in and out")
  func sendMessage() throws {
    let model = ServiceModels.sqs
    let operation = try #require(model.operations["SendMessage"])
    let shape = try #require(operation.output)
    let json = Array(
      #"{"QueueUrl":"http://localhost:4566/000000000000/orders","MessageBody":"{\"order\":1234,\"item\":\"book\"}","DelaySeconds":0}"#
        .utf8)
    let form = Array(
      ("Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Flocalhost%3A4566%2F000000000000%2Forders"
        + "&MessageBody=%7B%22order%22%3A1234%2C%22item%22%3A%22book%22%7D&DelaySeconds=0").utf8)
    var output = StructureValue(count: shape.members.count)
    output[try #require(shape.member("MessageId")).position] = .string("5fea7756-0ea4-451a-a703-a558b933e274")
    output[try #require(shape.member("MD5OfMessageBody")).position] = .string("fafb00f5732ab283681e124bf8747ed1")
    for (name, wireProtocol, body) in [("JSON", WireProtocol.json10, json), ("query", .query, form)] {
      let codec = Codec(wireProtocol)
      let request = WireRequest(
        method: "POST", path: "/", headers: [("x-amz-target", "AmazonSQS.SendMessage")], body: body)
      try measure("\(name) route") { _ = try Router.operation(of: request, in: model, by: wireProtocol) }
      try measure("\(name) decode") { _ = try codec.decodeInput(request, operation: operation, model: model) }
      let input = try codec.decodeInput(request, operation: operation, model: model)
      try measure("\(name) validate") { try Validator.validate(input, operation: operation, model: model) }
      measure("\(name) encode") { _ = codec.encodeOutput(output, operation: operation, model: model, requestID: "r") }
    }
  }

  @Test("a GetObject of S3 is routed and read")
  func getObject() throws {
    let model = ServiceModels.s3
    let request = WireRequest(
      method: "GET", path: "/bucket/a/key.txt", query: "x-id=GetObject",
      headers: [
        ("host", "localhost"), ("x-amz-date", "20150125T080000Z"), ("authorization", "AWS4-HMAC-SHA256 …"),
        ("range", "bytes=0-9"),
      ])
    let operation = try Router.operation(of: request, in: model, by: .restXML)
    try measure("S3 route") { _ = try Router.operation(of: request, in: model, by: .restXML) }
    try measure("S3 decode") { _ = try Codec(.restXML).decodeInput(request, operation: operation, model: model) }
  }

  @Test("models are read")
  func models() throws {
    let time = ContinuousClock().measure {
      _ = (ServiceModels.sqs, ServiceModels.s3, ServiceModels.iam, ServiceModels.sts)
    }
    print("speed four models: \(time)")
  }
}
