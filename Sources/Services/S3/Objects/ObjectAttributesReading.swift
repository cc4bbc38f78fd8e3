import Cloud
import Wire

/// GetObjectAttributes.
enum ObjectAttributesReading {
  /// AWS: needs both s3:GetObject and s3:GetObjectAttributes, or their twins for versions.
  static let access: Accessing<GetObjectAttributesRequest> = { input, context, transaction throws(AWSError) in
    let first: Accessing<GetObjectAttributesRequest> = Access.version("s3:GetObject", ofVersion: "s3:GetObjectVersion")
    let second: Accessing<GetObjectAttributesRequest> = Access.version(
      "s3:GetObjectAttributes", ofVersion: "s3:GetObjectVersionAttributes")
    return try first(input, context, transaction) + second(input, context, transaction)
  }

  private static let known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]

  static func run(
    _ input: GetObjectAttributesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetObjectAttributesOutput {
    let bucket = try transaction.bucket(input.bucket)
    let object = try GetObject.find(bucket, input.key, input.versionId, context, transaction)
    for name in input.objectAttributes where !known.contains(name) {
      throw .invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", name)
    }
    if input.objectAttributes.isEmpty {
      throw .invalidRequest(
        "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty")
    }
    let wanted = Set(input.objectAttributes)
    let customerKey = try CustomerKey(input, isLenient: true)
    try Unlocking.check(object, customerKey)
    // Checksums of objects with KMS keys are encrypted, too.
    if wanted.contains("Checksum") || wanted.contains("ObjectParts") {
      _ = try Unlocking.open(object, in: bucket, customerKey, context, transaction)
    }
    var output = GetObjectAttributesOutput(lastModified: object.modified.wholeSeconds)
    if bucket.versioning != nil { output.versionId = object.shownVersionID }
    if wanted.contains("ETag") { output.eTag = object.etag }
    if wanted.contains("StorageClass") { output.storageClass = object.shownStorageClass }
    if wanted.contains("ObjectSize") { output.objectSize = Int(object.size) }
    if wanted.contains("Checksum"), let checksum = object.checksum {
      var shown = Checksum()
      shown.set(checksum)
      output.checksum = shown
    }
    if wanted.contains("ObjectParts"), object.isMultipart { output.objectParts = parts(object, input) }
    return output
  }

  private static func parts(_ object: ObjectRecord, _ input: GetObjectAttributesRequest) -> GetObjectAttributesParts {
    let marker = input.partNumberMarker ?? 0
    let limit = max(0, min(input.maxParts ?? 1000, 1000))
    let rest = object.pieces.filter { $0.number > marker }
    let page = rest.prefix(limit)
    var output = GetObjectAttributesParts(
      totalPartsCount: object.pieces.count, partNumberMarker: marker,
      nextPartNumberMarker: page.last?.number ?? 0, maxParts: limit, isTruncated: rest.count > page.count)
    // AWS lists the parts only of objects that were uploaded with a checksum for each.
    if let checksum = object.checksum, page.contains(where: { $0.checksum != nil }) {
      output.parts = page.map { piece in
        var part = ObjectPart(partNumber: piece.number, size: Int(piece.size))
        part[checksum.algorithm] = piece.checksum
        return part
      }
    }
    return output
  }
}
