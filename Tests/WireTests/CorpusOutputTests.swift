import Testing

@testable import Wire

/// Answers read back, by another reader, as what AWS's SDKs must read.
@Suite struct CorpusOutputTests {
  @Test("a client reads from an answer what the server gave", arguments: CorpusFiles.names)
  func writesOutputs(_ name: String) throws {
    let wireProtocol = CorpusFiles.wireProtocol(name)
    var passed = 0
    var agreed = 0
    let cases = try CorpusFiles.cases("output", name)
    for item in cases {
      guard let operation = item.model.operations[item.operation] else {
        Issue.record("\(item.id): no operation")
        continue
      }
      let client = CorpusClient(wireProtocol: wireProtocol, model: item.model)
      let recorded = CorpusOutputTests.recorded(item.json["response"] ?? .null, wireProtocol)
      if let code = item.json["errorCode"]?.string {
        if try writesError(item, code, wireProtocol, client, recorded) { passed += 1 }
        agreed += 1
        continue
      }
      let shape = operation.output
      let result =
        shape.map { CorpusParameters.structure(item.json["result"] ?? .object([]), $0, item.model) } ?? .empty
      let response = Codec(wireProtocol).encodeOutput(result, operation: operation, model: item.model, requestID: "id")
      guard let shape else {
        passed += 1
        agreed += 1
        continue
      }
      let wanted = CorpusOutputTests.text(result, shape, item.model)
      let read = CorpusOutputTests.text(try client.output(response, operation), shape, item.model)
      let theirs = CorpusOutputTests.text(try client.output(recorded, operation), shape, item.model)
      // The client is itself judged by AWS's recorded answers.
      if theirs == wanted {
        agreed += 1
      } else {
        Issue.record("\(item.id): the test's client reads \(theirs), not \(wanted)")
      }
      if read == wanted, response.status == recorded.status {
        passed += 1
      } else {
        let body = wireProtocol == .cbor ? "\(response.body)" : String(decoding: response.body, as: UTF8.self)
        Issue.record("\(item.id): read \(read), wanted \(wanted) from \(response.status) \(response.headers) \(body)")
      }
    }
    print(
      "corpus output \(name): \(passed) of \(cases.count) passed;",
      "the test's client understands \(agreed) of AWS's own answers")
  }

  /// An answer's values, where nothing and an empty map of headers are the same.
  static func text(_ value: StructureValue, _ shape: Shape, _ model: ServiceModel) -> String {
    var value = value
    for member in shape.members where member.location == .headers {
      if case .map(let entries) = value[member.position], entries.isEmpty { value[member.position] = .null }
    }
    return CorpusParameters.text(.structure(value), shape, model)
  }

  static func recorded(_ response: JSONValue, _ wireProtocol: WireProtocol) -> WireResponse {
    let text = response["body"]?.string ?? ""
    return WireResponse(
      status: response["status_code"]?.integer ?? 200,
      headers: (response["headers"]?.object ?? []).map { ($0.name, $0.value.string ?? "") },
      body: wireProtocol == .cbor ? Base64Text.decode(text.utf8) ?? [] : Array(text.utf8))
  }

  private func writesError(
    _ item: CorpusCase, _ code: String, _ wireProtocol: WireProtocol, _ client: CorpusClient, _ recorded: WireResponse
  ) throws -> Bool {
    let known = try #require(item.model.error(named: code), "\(item.id)")
    let fields = CorpusParameters.structure(item.json["error"] ?? .object([]), known.shape, item.model)
    var error = AWSError(known.name, item.json["errorMessage"]?.string ?? "", status: recorded.status)
    for member in known.shape.members
    where !fields[member.position].isNull && !member.name.equalsIgnoringCase("message") {
      error.fields.append((member.name, fields[member.position]))
    }
    let response = Codec(wireProtocol).encodeError(error, model: item.model, requestID: "foo-id")
    let wanted = CorpusOutputTests.text(fields, known.shape, item.model)
    let read = CorpusOutputTests.text(
      try client.structure(response, known.shape, isError: true), known.shape, item.model)
    let readCode = try errorCode(of: response, wireProtocol)
    guard read == wanted, response.status == recorded.status, readCode == code else {
      Issue.record(
        "\(item.id): read \(readCode) \(read), wanted \(code) \(wanted), \(String(decoding: response.body, as: UTF8.self))"
      )
      return false
    }
    return true
  }

  /// The error's code as botocore finds it.
  private func errorCode(of response: WireResponse, _ wireProtocol: WireProtocol) throws -> String {
    if let header = response.header("x-amzn-query-error") { return String(header.prefix { $0 != ";" }) }
    if let header = response.header("x-amzn-errortype") { return header }
    switch wireProtocol {
    case .query, .restXML: return try XMLTree.read(response.body).first("Error")?.first("Code")?.text ?? ""
    case .ec2: return try XMLTree.read(response.body).first("Errors")?.first("Error")?.first("Code")?.text ?? ""
    case .cbor: return last(try CBORTree.read(response.body)["__type"]?.string)
    default: return last(try JSONTree.read(response.body)["__type"]?.string)
    }
  }

  private func last(_ type: String?) -> String { type?.split(separator: "#").last.map { String($0) } ?? "" }
}
