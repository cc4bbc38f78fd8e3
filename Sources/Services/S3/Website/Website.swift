import Cloud
import Wire

/// Answers requests to a website's host: for anybody, as the bucket's policy lets him.
/// AWS: S3 user guide, "Website endpoints", "Configuring a custom error document", "Configuring a webpage redirect".
struct Website {
  let bucket: BucketRecord
  let rules: WebsiteRules
  let context: Context
  let transaction: Transaction

  static func answer(
    _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PlainAnswer {
    do throws(AWSError) {
      let method = context.request.method
      guard method == "GET" || method == "HEAD" else {
        throw AWSError(
          "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
          fields: [("Method", .string(method)), ("ResourceType", .string("OBJECT"))])
      }
      let bucket = try transaction.bucket(name)
      if bucket.features?.logging != nil { context.notes?.isLogged = true }
      guard bucket.region == context.region else {
        throw AWSError(
          "IncorrectEndpoint",
          "The specified bucket exists in another region. Please direct requests to the specified endpoint.",
          status: 400,
          fields: [("Endpoint", .string("\(name).s3-website-\(bucket.region).amazonaws.com"))])
      }
      guard let rules = bucket.features?.website else { throw .noSuchWebsite(name) }
      return try Website(bucket: bucket, rules: rules, context: context, transaction: transaction).answer()
    } catch {
      if error.fault == .receiver, error.status != 501 { throw error }
      return WebsitePages.error(error, requestID: context.requestID)
    }
  }

  private var scheme: String { context.request.isSecure ? "https" : "http" }

  private func answer() throws(AWSError) -> PlainAnswer {
    let path = context.request.path
    if let everything = rules.everything {
      let location = "\(everything.scheme ?? scheme)://\(everything.host ?? context.request.host)\(path)"
      return WebsitePages.redirect(to: location, status: 301, requestID: context.requestID)
    }
    let decoded = Percent.decode(path)
    let asked = String(decoded.drop { $0 == "/" })
    if let rule = rules.rule(for: asked, status: nil) { return redirect(asked, by: rule) }
    do throws(AWSError) {
      return try object(rules.key(of: decoded))
    } catch {
      // A read whose conditions didn't hold is no error of the site's.
      if error.status == 304 || error.status == 412 || error.status == 416 { throw error }
      if error.fault == .receiver { throw error }
      return try failure(error, asked)
    }
  }

  private func redirect(_ asked: String, by rule: WebsiteRules.Rule) -> PlainAnswer {
    WebsitePages.redirect(
      to: rule.redirect.location(key: asked, prefix: rule.prefix, host: context.request.host, scheme: scheme),
      status: rule.redirect.status ?? 301, requestID: context.requestID)
  }

  /// The object under a key, or where its own header sends the asker.
  private func object(_ key: String, status: Int? = nil) throws(AWSError) -> PlainAnswer {
    if key.isEmpty { throw .noSuchKey(key) }
    let existing = try transaction.object(bucket, key)
    try context.authorize(
      Access.check("s3:GetObject", bucket, key: key, context, transaction, existing: existing), transaction)
    if let target = existing?.headers.redirect, status == nil {
      return WebsitePages.redirect(to: target, status: 301, requestID: context.requestID)
    }
    var input = GetObjectRequest(bucket: bucket.name, key: key)
    if status == nil {
      input.range = context.request.header("range")
      input.ifMatch = context.request.header("if-match")
      input.ifNoneMatch = context.request.header("if-none-match")
      input.ifModifiedSince = context.request.header("if-modified-since").flatMap { Timestamp(httpDate: $0) }
      input.ifUnmodifiedSince = context.request.header("if-unmodified-since").flatMap { Timestamp(httpDate: $0) }
    }
    let answer = try GetObject.get(input, context, transaction)
    let model = ServiceModel.s3
    guard let operation = model.operations["GetObject"] else { throw .internalFailure() }
    let encoded = Codec(.restXML).encodeOutput(
      answer.output.structureValue, operation: operation, model: model, requestID: context.requestID)
    return PlainAnswer(
      status: status ?? answer.status ?? 200, headers: encoded.headers,
      body: answer.body.map { .stream($0) } ?? .bytes([]))
  }

  /// What is answered when there is no object to read: a folder's address, a rule's redirect, the error document.
  private func failure(_ error: AWSError, _ asked: String) throws(AWSError) -> PlainAnswer {
    if let index = rules.index, !asked.isEmpty, !asked.hasSuffix("/"),
      try transaction.object(bucket, "\(asked)/\(index)") != nil
    {
      return WebsitePages.redirect(
        to: "/\(Percent.encode(asked, keeping: "/"))/", status: 302, requestID: context.requestID)
    }
    if let rule = rules.rule(for: asked, status: error.status ?? 400) { return redirect(asked, by: rule) }
    guard let document = rules.error else { throw error }
    do throws(AWSError) {
      return try object(document, status: error.status ?? 400)
    } catch let second {
      if second.fault == .receiver { throw second }
      return WebsitePages.error(error, requestID: context.requestID, second: second)
    }
  }
}
