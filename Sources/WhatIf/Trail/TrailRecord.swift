/// A record of CloudTrail, as far as permissions depend on it.
///
/// AWS: CloudTrail user guide, "CloudTrail record contents".
struct TrailRecord {
  /// A resource that the record names.
  struct Resource {
    var arn: String
    var account: String?
  }

  /// Milliseconds since 1970.
  var time: Int64 = 0
  var source = ""
  var name = ""
  var region = ""
  var sourceIP = ""
  var userAgent = ""
  var errorCode: String?
  var errorMessage: String?
  var requestID = ""
  var eventID = ""
  var type = ""
  var recipient: String?
  var vpcEndpoint: String?
  var hasTLS = false
  /// Whether another account has a record of the call too.
  var isShared = false
  var identity: TrailIdentity?
  var resources: [Resource] = []
  /// Where the request's parameters are, as JSON, among the bytes of the batch.
  var parameters: Range<Int> = 0..<0
}

/// Some records, read and ready to be judged.
struct TrailBatch {
  var records: [TrailRecord] = []
  /// The request parameters of all of them.
  var parameters: [UInt8] = []
  /// Objects in the log that are no records.
  var strangers = 0

  mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    parameters.removeAll(keepingCapacity: true)
    strangers = 0
  }
}
