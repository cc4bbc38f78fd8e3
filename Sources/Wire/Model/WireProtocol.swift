/// AWS's protocols.
public enum WireProtocol: String, Sendable, Hashable, CaseIterable {
  /// `Action=` in a form, XML back (IAM, STS, and SQS of old).
  case query
  /// EC2's dialect of query.
  case ec2
  /// `X-Amz-Target` and JSON, content type `application/x-amz-json-1.0`.
  case json10
  /// The same with 1.1.
  case json11
  /// Methods and paths, JSON.
  case restJSON
  /// Methods and paths, XML (S3).
  case restXML
  /// Smithy RPC v2 CBOR.
  case cbor
}
