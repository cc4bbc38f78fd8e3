/// One operation of a service's model.
public final class OperationModel: Sendable {
  public let name: String
  public let httpMethod: String
  /// The path and constant query as the model has them (`/{Bucket}/{Key+}?uploads`).
  public let requestURI: String
  /// The HTTP status of success.
  public let responseStatus: Int
  public let input: Shape?
  public let output: Shape?
  /// The element around the output in the query protocol (`SendMessageResult`).
  public let outputWrapper: String?
  /// The XML root's name of the output, where AWS's isn't the shape's.
  public let outputRoot: String?
  /// The output's only member is the XML root itself (S3 GetBucketLocation).
  public let isOutputUnwrapped: Bool
  /// The member whose bytes are the request's body and don't pass through the codec.
  public let streamingInputMember: Member?
  /// The same of the answer.
  public let streamingOutputMember: Member?
  /// Shape names of its errors.
  public let errors: [String]
  /// Members that SDKs fill with a random token.
  public let idempotencyTokens: [Member]
  public let httpChecksum: HTTPChecksum
  let uri: URIPattern

  /// Which checksums travel with an operation (`httpChecksum`, `httpChecksumRequired`).
  public struct HTTPChecksum: Sendable {
    /// The input member that names the algorithm of the request's checksum.
    public let requestAlgorithmMember: String?
    public let isRequestChecksumRequired: Bool
    /// The input member that asks for checksums in the answer.
    public let requestValidationModeMember: String?
    public let responseAlgorithms: [String]
  }

  init(name: String, method: String, requestURI: String, traits: ModelParser.Traits, input: Shape?, output: Shape?) {
    self.name = name
    httpMethod = method
    self.requestURI = requestURI
    responseStatus = traits["status"].flatMap { Int($0) } ?? 200
    self.input = input
    self.output = output
    outputWrapper = traits["wrapper"]
    outputRoot = traits["outroot"]
    isOutputUnwrapped = traits.flag("unwrapped")
    streamingInputMember = input?.members.first(where: \.isStreaming)
    streamingOutputMember = output?.members.first(where: \.isStreaming)
    errors = traits.list("errors")
    idempotencyTokens = input?.members.filter(\.isIdempotencyToken) ?? []
    httpChecksum = HTTPChecksum(
      requestAlgorithmMember: traits["checksumAlgorithm"], isRequestChecksumRequired: traits.flag("checksumRequired"),
      requestValidationModeMember: traits["checksumMode"], responseAlgorithms: traits.list("checksums"))
    uri = URIPattern(requestURI)
  }
}
