import Cloud
import NIOCore
import SigV4
import Wire

extension Pipeline {
  /// Takes in an HTML form that uploads a file.
  ///
  /// The fields come before the file, so that a form whose policy, signature or permission is no good is refused before the file
  /// is read.
  func answerForm(_ call: inout Call, _ boundary: String) async throws(AWSError) -> HTTPResponse {
    guard let route = call.route, let operation = route.service.operations["PutObject"],
      let model = route.service.model.operations["PutObject"]
    else { throw .internalFailure() }
    let path = call.request.path.split(separator: "/").map { Percent.decode(String($0)) }
    guard let bucket = route.virtualHostBucket ?? path.first, path.count == (route.virtualHostBucket == nil ? 1 : 0)
    else {
      throw AWSError(
        "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
        fields: [("Method", .string("POST")), ("ResourceType", .string("OBJECT"))])
    }
    call.operation = model
    let reader = FormReading(call.request, boundary, bucket: bucket, into: blobs)
    var iterator = call.request.body.makeAsyncIterator()
    var admitted: FormAttempt?
    while true {
      let chunk: ByteBuffer?
      do throws(HTTPBodyError) { chunk = try await iterator.next() } catch { throw StreamedBody.failure(error) }
      guard let chunk else { break }
      try reader.take(chunk)
      if admitted == nil, let upload = reader.upload {
        let attempt = FormAttempt(upload, &call, self, operation, model)
        try await store.transact { transaction throws(AWSError) in try attempt.admit(transaction) }
        admitted = attempt
      }
    }
    let body = try reader.finish()
    guard let attempt = admitted else { throw MultipartForm.malformed() }
    let answer = try await store.run { transaction throws(AWSError) in try attempt.run(body, transaction) }
    let encoded = Codec(.restXML).encodeOutput(
      answer.output, operation: model, model: route.service.model, requestID: call.requestID)
    let scheme = call.request.isTLS ? "https" : "http"
    let base = "\(scheme)://\(call.request.authority)"
    return attempt.upload.answer(
      encoded.headers + answer.headers, at: route.virtualHostBucket == nil ? "\(base)/\(bucket)" : base)
  }
}

/// A form as it comes in.
private final class FormReading {
  private var form: MultipartForm
  private let request: HTTPRequest
  private let bucket: String
  private let blobs: Blobs
  private var receiver: BodyReceiver?
  private var policy: PostPolicy?
  /// Known once the file begins.
  private(set) var upload: FormUpload?

  init(_ request: HTTPRequest, _ boundary: String, bucket: String, into blobs: Blobs) {
    form = MultipartForm(boundary: boundary)
    self.request = request
    self.bucket = bucket
    self.blobs = blobs
  }

  func take(_ chunk: ByteBuffer) throws(AWSError) {
    // A closure's typed throw is lost through withUnsafeReadableBytes, so the failure travels as a result.
    let result = chunk.withUnsafeReadableBytes { bytes in
      Result { () throws(AWSError) in
        var reading = form
        form = MultipartForm(boundary: "")
        defer { form = reading }
        try reading.feed(
          bytes, begin: { form throws(AWSError) in try self.begin(form) },
          file: { bytes throws(AWSError) in try self.receive(bytes) })
      }
    }
    try result.get()
  }

  private func begin(_ form: borrowing MultipartForm) throws(AWSError) {
    guard upload == nil else { return }
    let upload = try FormUpload(form, request, bucket: bucket)
    if let text = upload.fields["policy"] { policy = try PostPolicy(text) }
    receiver = BodyReceiver(BodyReceiver.algorithms(for: upload.headers), into: blobs, for: .first)
    self.upload = upload
  }

  private func receive(_ bytes: ArraySlice<UInt8>) throws(AWSError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(AWSError) in try receiver?.receive(buffer) }
    }
    try result.get()
    // What is too large need not come to its end.
    if let policy, let size = receiver?.size, let sizes = policy.sizes, size > sizes.upperBound {
      try policy.check(size: size)
    }
  }

  func finish() throws(AWSError) -> ReceivedBody {
    guard form.hasFile, let receiver else {
      throw AWSError(
        "InvalidArgument", "POST requires exactly one file upload per request.", status: 400,
        fields: [("ArgumentName", .string("file")), ("ArgumentValue", .string("0"))])
    }
    guard form.isComplete else { throw StreamedBody.failure(.disconnected) }
    let body = try receiver.finish(trailers: [:])
    try policy?.check(size: body.size)
    return body
  }
}

/// The PutObject that a form means, in its two transactions.
private final class FormAttempt: Sendable {
  let upload: FormUpload
  private let pipeline: Pipeline
  private let operation: Operation
  private let model: OperationModel
  private let input: Result<StructureValue, AWSError>
  private let service: ServiceDefinition?
  private let facts: RequestFacts
  private let requestID: String
  private let region: Region
  private let notes: CallNotes?
  private let recorder: CallRecorder?

  init(_ upload: FormUpload, _ call: inout Call, _ pipeline: Pipeline, _ operation: Operation, _ model: OperationModel)
  {
    self.upload = upload
    self.pipeline = pipeline
    self.operation = operation
    self.model = model
    service = call.route?.service
    var facts = call.facts
    facts.headers = upload.headers
    facts.isForm = true
    call.formFacts = facts
    self.facts = facts
    requestID = call.requestID
    region = upload.region ?? pipeline.defaultRegion
    notes = call.notes
    recorder = pipeline.store.journal == nil ? nil : CallRecorder()
    let put = upload.put
    input = Result { () throws(AWSError) in
      guard let service = call.route?.service.model else { throw .internalFailure() }
      return try Codec(.restXML).decodeInput(put, operation: model, model: service)
    }
  }

  /// Finds out who asks, holds the form against its policy, and asks the judge.
  func admit(_ transaction: Transaction) throws(AWSError) {
    let context = try context(nil, transaction)
    do throws(AWSError) {
      if let policy = upload.fields["policy"] {
        // Like signatures, by the clock of the machine that made it.
        try PostPolicy(policy).check(upload.fields, at: CloudClock.machineNow)
      }
      for check in try operation.checks(try input.get(), context, transaction) {
        try context.authorize(check, transaction)
      }
    } catch {
      record(.refused(error), context, transaction)
      throw error
    }
  }

  func run(_ body: ReceivedBody, _ transaction: Transaction) throws(AWSError) -> Step<Operation.Answer> {
    let context = try context(body, transaction)
    do throws(AWSError) {
      let step = try operation.run(try input.get(), context, transaction)
      if case .answer(let answer) = step { record(.answered(answer.output), context, transaction) }
      return step
    } catch {
      record(.refused(error), context, transaction)
      throw error
    }
  }

  private func record(_ outcome: Context.RecordedOutcome, _ context: Context, _ transaction: Transaction) {
    guard let service else { return }
    context.record(operation, model, of: service.model, input: try? input.get(), outcome, in: transaction)
  }

  private func context(_ body: ReceivedBody?, _ transaction: Transaction) throws(AWSError) -> Context {
    let caller: Caller
    switch upload.signature {
    case .none: caller = .anonymous
    case .version4(let form): caller = try pipeline.authenticator.authenticate(form, transaction)
    case .version2(let form): caller = try pipeline.authenticator.authenticate(form, transaction)
    }
    notes?.caller = caller
    guard let service else { throw .internalFailure() }
    return Context(
      requestID: requestID, caller: caller, region: region, request: facts, body: body, service: service,
      authorizer: pipeline.authorizer, calls: pipeline.calls, recorder: recorder, notes: notes)
  }
}
