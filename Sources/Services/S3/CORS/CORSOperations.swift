import Cloud
import Wire

/// PutBucketCors, GetBucketCors, DeleteBucketCors, and what pages of other origins get.
enum CORSOperations {
  static func put(
    _ input: PutBucketCorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    let rules = try CORSRules(input.corsConfiguration)
    bucket.change { $0.cors = rules }
    try transaction.put(bucket)
    return NoMembers()
  }

  static func get(
    _ input: GetBucketCorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetBucketCorsOutput {
    let bucket = try transaction.bucket(input.bucket)
    guard let rules = bucket.features?.cors else {
      throw AWSError(
        "NoSuchCORSConfiguration", "The CORS configuration does not exist", status: 404,
        fields: [("BucketName", .string(bucket.name))])
    }
    return GetBucketCorsOutput(corsRules: rules.shown)
  }

  static func delete(
    _ input: DeleteBucketCorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var bucket = try transaction.bucket(input.bucket)
    bucket.change { $0.cors = nil }
    try transaction.put(bucket)
    return NoMembers()
  }

  // MARK: Requests of other origins

  /// Answers a preflight.
  /// - Throws: BadRequest, AccessForbidden, in the words recorded from AWS.
  static func preflight(
    _ address: ObjectAddress?, _ request: RequestFacts, _ transaction: Transaction
  ) throws(AWSError) -> [(name: String, value: String)] {
    guard let origin = request.header("origin") else {
      throw AWSError("BadRequest", "Insufficient information. Origin request header needed.", status: 400)
    }
    let method = request.header("access-control-request-method")
    let resource = address?.key == nil ? "BUCKET" : "OBJECT"
    guard let address, let bucket = try transaction.bucketIfPresent(address.bucket) else {
      throw forbidden("Bucket not found", method, "BUCKET")
    }
    guard let rules = bucket.features?.cors else {
      throw forbidden("CORS is not enabled for this bucket.", method, "BUCKET")
    }
    guard let method else {
      // unverified: the wording.
      throw AWSError("BadRequest", "Invalid Access-Control-Request-Method: null", status: 400)
    }
    let headers = (request.header("access-control-request-headers") ?? "").split(separator: ",").map {
      ETagList.unquoted(String($0))
    }
    let question = CORSRules.Question(origin: origin, method: method, headers: headers.filter { !$0.isEmpty })
    guard let answer = rules.answer(question, isPreflight: true) else {
      throw forbidden(
        "This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
          + "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS "
          + "spec.", method, resource)
    }
    return answer
  }

  private static func forbidden(_ message: String, _ method: String?, _ resource: String) -> AWSError {
    AWSError(
      "AccessForbidden", "CORSResponse: \(message)", status: 403,
      fields: [("Method", .string(method ?? "OPTIONS")), ("ResourceType", .string(resource))])
  }

  /// The headers that any other answer to a page of another origin gets; none when no rule allows the page.
  static func headers(
    _ address: ObjectAddress, _ request: RequestFacts, _ transaction: Transaction
  ) throws(AWSError) -> [(name: String, value: String)] {
    guard let origin = request.header("origin"), let bucket = try transaction.bucketIfPresent(address.bucket),
      let rules = bucket.features?.cors
    else { return [] }
    return rules.answer(CORSRules.Question(origin: origin, method: request.method), isPreflight: false) ?? []
  }
}
