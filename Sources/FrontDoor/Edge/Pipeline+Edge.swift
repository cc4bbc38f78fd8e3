import Cloud
import Wire

/// What S3 is besides its operations: browsers' preflights, websites, forms, and what is added to every answer.
extension Pipeline {
  /// Answers what is no operation; nothing for requests that are one.
  func answer(_ call: inout Call, at edge: EdgeHandlers) async throws(AWSError) -> HTTPResponse? {
    if call.request.method == "OPTIONS" { return try await answerPreflight(call, at: edge) }
    if let site = call.route?.website {
      return try await answerWebsite(call, site.bucket, Region(site.region ?? ""), at: edge)
    }
    if call.request.method == "POST", call.authorization == nil, let boundary = MultipartForm.boundary(of: call.request)
    {
      return try await answerForm(&call, boundary)
    }
    return nil
  }

  private func host(of call: Call) -> String? { call.route?.virtualHostBucket ?? call.route?.website?.bucket }

  private func answerPreflight(_ call: Call, at edge: EdgeHandlers) async throws(AWSError) -> HTTPResponse {
    let facts = call.facts
    let host = host(of: call)
    let headers = try await store.transact { transaction throws(AWSError) in
      try edge.preflight(host, facts, transaction)
    }
    return HTTPResponse(status: 200, headers: headers + requestHeaders(call))
  }

  private func answerWebsite(
    _ call: Call, _ bucket: String, _ region: Region?, at edge: EdgeHandlers
  ) async throws(AWSError) -> HTTPResponse {
    guard let service = call.route?.service else { throw .internalFailure() }
    let requestID = call.requestID
    let facts = call.facts
    let notes = call.notes
    let answer = try await store.transact { transaction throws(AWSError) in
      try edge.website(
        bucket,
        Context(
          requestID: requestID, caller: .anonymous, region: region ?? defaultRegion, request: facts, service: service,
          authorizer: authorizer, calls: calls, notes: notes), transaction)
    }
    // The codec has written the request's headers where it wrote an output.
    let isNamed = answer.headers.contains { $0.name.lowercased() == "x-amz-request-id" }
    let headers = answer.headers + (isNamed ? [] : requestHeaders(call))
    switch answer.body {
    case .bytes(let bytes): return HTTPResponse(status: answer.status, headers: headers, body: .bytes(bytes))
    case .stream(let body):
      return HTTPResponse(
        status: answer.status, headers: headers, body: try StreamedBody.response(body),
        headContentLength: call.request.method == "HEAD" ? Int(body.count) : nil)
    }
  }

  func requestHeaders(_ call: Call) -> [(name: String, value: String)] {
    [("x-amz-request-id", call.requestID), ("x-amz-id-2", Codec.hostID(call.requestID))]
  }

  // MARK: Afterwards

  /// Adds what pages of other origins need, and has the request written down if its bucket wants that.
  func finish(
    _ call: Call, _ notes: CallNotes, _ response: inout HTTPResponse, since start: ContinuousClock.Instant
  ) async {
    guard let edge = call.route?.service.edge else { return }
    let host = host(of: call)
    let facts = call.facts
    do throws(AWSError) {
      if call.request.method != "OPTIONS", call.request.first("origin") != nil {
        response.headers += try await store.transact { transaction throws(AWSError) in
          try edge.crossOrigin(host, facts, transaction)
        }
      }
      guard notes.isLogged || call.refusal != nil else { return }
      let elapsed = (ContinuousClock.now - start).components
      var finished = FinishedRequest(
        request: facts, requestID: call.requestID, host: host, operation: call.operation?.name,
        status: response.status,
        milliseconds: elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000, notes: notes)
      finished.isWebsite = call.route?.website != nil
      finished.caller = notes.caller
      finished.errorCode = call.refusal?.code ?? response.first("x-amz-error-code")
      finished.bytesSent = call.request.method == "HEAD" ? nil : response.body.length
      let done = finished
      try await store.transact { transaction throws(AWSError) in try edge.log(done, transaction) }
    } catch {
      logger.error("an answer could not be finished: \(error)")
    }
  }
}
