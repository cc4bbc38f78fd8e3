import Cloud
import SigV4
import Wire

/// An HTML form that uploads a file, as the PutObject that it means.
/// AWS: S3 API reference, "POST Object".
struct FormUpload: Sendable {
  /// The fields by their names in lower case.
  var fields: [String: String]
  var bucket: String
  var key: String
  /// The fields that are headers of a PutObject.
  var headers: [(name: String, value: String)]

  /// - Parameters:
  ///   - request: whose own headers of the connection stay.
  ///   - bucket: as host or path name it.
  /// - Throws: InvalidArgument if the form names no key.
  init(_ form: borrowing MultipartForm, _ request: HTTPRequest, bucket: String) throws(AWSError) {
    fields = [:]
    headers = request.headers.filter { FormUpload.kept.contains($0.name.lowercased()) }
    for (name, value) in form.fields {
      let folded = name.lowercased()
      let filled = value.replacing("${filename}", with: form.fileName ?? "")
      // The first of several fields of a name counts; metadata keep the spelling of their names.
      guard fields[folded] == nil else { continue }
      fields[folded] = filled
      if let header = FormUpload.header(folded) { headers.append((header, filled)) }
    }
    guard let key = fields["key"], !key.isEmpty else {
      throw AWSError(
        "InvalidArgument",
        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
        status: 400, fields: [("ArgumentName", .string("key")), ("ArgumentValue", .string(""))])
    }
    self.bucket = bucket
    self.key = key
    fields["bucket"] = bucket
    if let tags = fields["tagging"] { headers.append(("x-amz-tagging", try FormUpload.tags(tags))) }
  }

  /// Headers of the connection that policies and logs may look at.
  private static let kept: Set<String> = ["host", "user-agent", "referer", "origin"]
  private static let plain: Set<String> = [
    "cache-control", "content-type", "content-disposition", "content-encoding", "content-md5", "expires",
  ]
  private static let signing: Set<String> = [
    "x-amz-signature", "x-amz-credential", "x-amz-date", "x-amz-algorithm", "x-amz-security-token",
  ]

  private static func header(_ field: String) -> String? {
    if field == "acl" { return "x-amz-acl" }
    if plain.contains(field) { return field }
    return field.hasPrefix("x-amz-") && !signing.contains(field) ? field : nil
  }

  /// The form has tags as XML, the operation as a query string.
  private static func tags(_ xml: String) throws(AWSError) -> String {
    var pairs: [String] = []
    var rest = Substring(xml)
    func element(_ name: String, _ text: inout Substring) -> String? {
      guard let start = text.range(of: "<\(name)>"), let end = text.range(of: "</\(name)>"),
        start.upperBound <= end.lowerBound
      else { return nil }
      defer { text = text[end.upperBound...] }
      return String(text[start.upperBound..<end.lowerBound])
    }
    guard var set = element("TagSet", &rest).map({ Substring($0) }) else {
      throw AWSError(
        "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema",
        status: 400)
    }
    while let tag = element("Tag", &set) {
      var inside = Substring(tag)
      guard let key = element("Key", &inside), let value = element("Value", &inside) else { continue }
      pairs.append(Percent.encode(plain(key)) + "=" + Percent.encode(plain(value)))
    }
    return pairs.joined(separator: "&")
  }

  private static func plain(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }

  // MARK: Who asks

  /// How the form is signed.
  enum Signature: Sendable {
    case none
    case version4(PostPolicySignature)
    case version2(PostPolicyVersion2)
  }

  var signature: Signature {
    guard let policy = fields["policy"] else { return .none }
    let token = fields["x-amz-security-token"]
    if let key = fields["awsaccesskeyid"], let signature = fields["signature"] {
      return .version2(
        PostPolicyVersion2(policy: policy, accessKeyID: key, signature: signature, securityToken: token))
    }
    return .version4(
      PostPolicySignature(
        policy: policy, algorithm: fields["x-amz-algorithm"], credential: fields["x-amz-credential"],
        date: fields["x-amz-date"], signature: fields["x-amz-signature"], securityToken: token))
  }

  /// The Region in the credential.
  var region: Region? {
    guard let parts = fields["x-amz-credential"]?.split(separator: "/"), parts.count == 5 else { return nil }
    return Region(String(parts[2]))
  }

  // MARK: What it means

  /// The PutObject, less its body.
  var put: WireRequest {
    WireRequest(
      method: "PUT", path: "/\(bucket)/\(Percent.encode(key, keeping: "/"))", query: "", headers: headers, body: [])
  }

  /// The answer that the form asks for.
  /// - Parameters:
  ///   - headers: those of the PutObject's answer.
  ///   - base: the bucket's address, as the request named it.
  func answer(_ headers: [(name: String, value: String)], at base: String) -> HTTPResponse {
    let location = "\(base)/\(Percent.encode(key, keeping: "/"))"
    let etag = headers.first { $0.name.lowercased() == "etag" }?.value ?? ""
    let all = headers.filter { $0.name.lowercased() != "content-length" } + [("Location", location)]
    if let target = fields["success_action_redirect"] ?? fields["redirect"], target.contains("://") {
      let mark = target.contains("?") ? "&" : "?"
      let query =
        "bucket=\(Percent.encode(bucket))&key=\(Percent.encode(key))&etag=\(Percent.encode(etag))"
      return HTTPResponse(
        status: 303, headers: all.filter { $0.name != "Location" } + [("Location", target + mark + query)])
    }
    switch fields["success_action_status"] {
    case "200": return HTTPResponse(status: 200, headers: all)
    case "201":
      let text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>\(JSONText.escapedXML(location))</Location>"
        + "<Bucket>\(JSONText.escapedXML(bucket))</Bucket><Key>\(JSONText.escapedXML(key))</Key>"
        + "<ETag>\(JSONText.escapedXML(etag))</ETag></PostResponse>"
      return HTTPResponse(
        status: 201,
        headers: all.filter { $0.name.lowercased() != "content-type" } + [("Content-Type", "application/xml")],
        body: .bytes(Array(text.utf8)))
    default: return HTTPResponse(status: 204, headers: all)
    }
  }
}
