import Testing

@testable import Wire

/// Requests as AWS's SDKs write them are read as what their callers gave.
@Suite struct CorpusInputTests {
  /// Cases about what only a client does.
  static let notForServers: [String: String] = [
    "SDKAppliedContentEncoding_ec2Query": "the corpus has no body for requests that SDKs compress",
    "SDKAppliedContentEncoding_awsJson1_0": "the corpus has no body for requests that SDKs compress",
    "SDKAppliedContentEncoding_awsJson1_1": "the corpus has no body for requests that SDKs compress",
    "SDKAppliedContentEncoding_awsQuery": "the corpus has no body for requests that SDKs compress",
    "SDKAppliedContentEncoding_restJson1": "the corpus has no body for requests that SDKs compress",
    "SDKAppliedContentEncoding_restXml": "the corpus has no body for requests that SDKs compress",
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query": "the corpus has no body for requests that SDKs compress",
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0": "the corpus has no body for requests that SDKs compress",
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1": "the corpus has no body for requests that SDKs compress",
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery": "the corpus has no body for requests that SDKs compress",
    "SDKAppendedGzipAfterProvidedEncoding_restJson1": "the corpus has no body for requests that SDKs compress",
    "SDKAppendedGzipAfterProvidedEncoding_restXml": "the corpus has no body for requests that SDKs compress",
    "Ec2ProtocolIdempotencyTokenAutoFill": "the token is the SDK's, not the caller's",
    "QueryProtocolIdempotencyTokenAutoFill": "the token is the SDK's, not the caller's",
    "RestJsonQueryIdempotencyTokenAutoFill": "the token is the SDK's, not the caller's",
    "QueryIdempotencyTokenAutoFill": "the token is the SDK's, not the caller's",
    "Ec2EmptyQueryLists": "an empty list does not travel",
    "RestJsonNullAndEmptyHeaders": "an empty list does not travel",
    "NullAndEmptyHeaders": "an empty list does not travel",
    "RestJsonOmitsEmptyListQueryValues": "an empty list does not travel",
    "RestJsonQueryPrecedence": "what an SDK does with a name given twice",
    "RestXmlQueryPrecedence": "what an SDK does with a name given twice",
    "RestJsonHttpWithEmptyStructurePayload": "an absent payload and an empty one are both `{}`",
    "RestJsonHttpWithHeadersButNoPayload": "an absent payload and an empty one are both `{}`",
  ]

  /// Hosts with a path in front of the operation's are a client's setting.
  static let withPathOfHost: Set<String> = [
    "RestJsonHostWithPath", "RestXmlHostWithPath", "QueryHostWithPath", "Ec2HostWithPath",
  ]

  @Test("a request leads to its operation", arguments: CorpusFiles.names)
  func findsOperations(_ name: String) throws {
    let wireProtocol = CorpusFiles.wireProtocol(name)
    for item in try CorpusFiles.cases("input", name) where !CorpusInputTests.withPathOfHost.contains(item.id) {
      let request = CorpusInputTests.request(item.json["serialized"] ?? .null, wireProtocol)
      // The corpus leaves out what compressed requests carry, and JSON's targets where the suite is about something else.
      if item.id.contains("Encoding"), request.body.isEmpty, wireProtocol == .query || wireProtocol == .ec2 { continue }
      if wireProtocol == .json10 || wireProtocol == .json11, request.header("x-amz-target") == nil { continue }
      let found = try? Router.operation(of: request, in: item.model, by: wireProtocol)
      #expect(found?.name == item.operation, "\(item.id)")
    }
  }

  @Test("a server reads what an SDK's caller gave", arguments: CorpusFiles.names)
  func readsInputs(_ name: String) throws {
    let codec = Codec(CorpusFiles.wireProtocol(name))
    var passed = 0
    var skipped = 0
    let cases = try CorpusFiles.cases("input", name)
    for item in cases {
      if CorpusInputTests.notForServers[item.id] != nil {
        skipped += 1
        continue
      }
      guard let operation = item.model.operations[item.operation], let serialized = item.json["serialized"] else {
        Issue.record("\(item.id): no operation")
        continue
      }
      let request = CorpusInputTests.request(serialized, codec.wireProtocol)
      let shape = operation.input
      do throws(AWSError) {
        var value = try codec.decodeInput(request, operation: operation, model: item.model)
        guard let shape else {
          passed += 1
          continue
        }
        let expected = CorpusParameters.structure(item.json["params"] ?? .object([]), shape, item.model)
        CorpusInputTests.forgetWhatClientsDoNotSay(&value, expected, shape, item.model)
        let left = CorpusParameters.text(.structure(value), shape, item.model)
        let right = CorpusParameters.text(.structure(expected), shape, item.model)
        if left == right { passed += 1 } else { Issue.record("\(item.id): read \(left), wanted \(right)") }
      } catch {
        Issue.record("\(item.id): \(error)")
      }
    }
    print("corpus input \(name): \(passed) of \(cases.count - skipped) passed, \(skipped) not for servers")
  }

  static func request(_ serialized: JSONValue, _ wireProtocol: WireProtocol) -> WireRequest {
    let parts = (serialized["uri"]?.string ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let text = serialized["body"]?.string ?? ""
    let body = wireProtocol == .cbor ? Base64Text.decode(text.utf8) ?? [] : Array(text.utf8)
    return WireRequest(
      method: serialized["method"]?.string ?? "POST", path: String(parts[0]),
      query: parts.count > 1 ? String(parts[1]) : "",
      headers: (serialized["headers"]?.object ?? []).map { ($0.name, $0.value.string ?? "") }, body: body)
  }

  /// Where a caller's view and a server's differ by design.
  static func forgetWhatClientsDoNotSay(
    _ value: inout StructureValue, _ expected: StructureValue, _ shape: Shape, _ model: ServiceModel
  ) {
    for member in shape.members {
      // A server sees all parameters in the map of parameters, and an empty map doesn't travel.
      if member.location == .query, model.shapes[member.shape].kind == .map, case .map(let all) = value[member.position]
      {
        if case .map(let wanted) = expected[member.position] {
          value[member.position] = .map(MapValue(entries: all.entries.filter { wanted[$0.key] != nil }))
        } else {
          value[member.position] = .null
        }
      }
      if case .map(let wanted) = expected[member.position], wanted.isEmpty, value[member.position].isNull {
        value[member.position] = .map(MapValue())
      }
    }
  }
}
