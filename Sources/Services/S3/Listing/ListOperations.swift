import Cloud
import Wire

/// The limits of listings' pages.
enum ListingLimit {
  /// A page's size, a thousand if it isn't said.
  /// - Throws: InvalidArgument if it is negative.
  static func check(_ value: Int?, _ parameter: String, _ name: String) throws(AWSError) -> Int {
    guard let value else { return 1000 }
    guard (0...Int(Int32.max)).contains(value) else {
      throw .invalidArgument(
        "Argument \(name) must be an integer between 0 and 2147483647", parameter, "\(value)")
    }
    return min(value, 1000)
  }
}

/// Inputs of listings, as far as policies look at them.
protocol ListInput: BucketInput {
  var prefix: String? { get }
  var delimiter: String? { get }
  var maxKeys: Int? { get }
}

extension ListObjectsRequest: ListInput {}
extension ListObjectsV2Request: ListInput {}
extension ListObjectVersionsRequest: ListInput {}

/// ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads.
enum ListOperations {
  static func access<Input: ListInput>(_ action: String) -> Accessing<Input> {
    { input, context, transaction throws(AWSError) in
      let bucket = try Access.open(input.bucket, expectedOwner: input.expectedBucketOwner, context, transaction)
      var keys: [(name: String, value: ConditionValue)] = []
      if let prefix = input.prefix { keys.append(("s3:prefix", .single(prefix))) }
      if let delimiter = input.delimiter { keys.append(("s3:delimiter", .single(delimiter))) }
      if let limit = input.maxKeys { keys.append(("s3:max-keys", .single("\(limit)"))) }
      return [Access.check(action, bucket, context, transaction, keys: keys)]
    }
  }

  // MARK: ListObjects

  static func objects(
    _ input: ListObjectsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListObjectsOutput {
    let bucket = try transaction.bucket(input.bucket)
    let encoding = try KeyEncoding(input.encodingType)
    let limit = try ListingLimit.check(input.maxKeys, "max-keys", "maxKeys")
    let page = try page(bucket, input.prefix, input.delimiter, after: input.marker, limit: limit, transaction)
    let owner = Owner(id: CanonicalUser.id(of: bucket.owner))
    // AWS: NextMarker is only there with a delimiter; else the last key is the next marker.
    let next = page.isTruncated && !(input.delimiter ?? "").isEmpty ? page.last : nil
    return ListObjectsOutput(
      isTruncated: page.isTruncated, marker: encoding(input.marker ?? ""), nextMarker: encoding.optional(next),
      contents: contents(page, encoding, owner, bucket), name: bucket.name, prefix: encoding(input.prefix ?? ""),
      delimiter: encoding.optional(nonEmpty(input.delimiter)), maxKeys: limit,
      commonPrefixes: commonPrefixes(page, encoding),
      encodingType: input.encodingType)
  }

  static func objectsV2(
    _ input: ListObjectsV2Request, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListObjectsV2Output {
    let bucket = try transaction.bucket(input.bucket)
    let encoding = try KeyEncoding(input.encodingType)
    let limit = try ListingLimit.check(input.maxKeys, "max-keys", "maxKeys")
    var marker = nonEmpty(input.startAfter)
    if let token = input.continuationToken {
      guard let last = ContinuationToken.decode(token) else {
        throw .invalidArgument("The continuation token provided is incorrect", "continuation-token", token)
      }
      marker = last
    }
    let page = try page(bucket, input.prefix, input.delimiter, after: marker, limit: limit, transaction)
    let owner = input.fetchOwner == true ? Owner(id: CanonicalUser.id(of: bucket.owner)) : nil
    return ListObjectsV2Output(
      isTruncated: page.isTruncated, contents: contents(page, encoding, owner, bucket), name: bucket.name,
      prefix: encoding(input.prefix ?? ""), delimiter: encoding.optional(nonEmpty(input.delimiter)), maxKeys: limit,
      commonPrefixes: commonPrefixes(page, encoding), encodingType: input.encodingType, keyCount: page.elements.count,
      continuationToken: input.continuationToken,
      nextContinuationToken: page.isTruncated ? page.last.map { ContinuationToken.encode($0) } : nil,
      startAfter: encoding.optional(nonEmpty(input.startAfter)))
  }

  private static func nonEmpty(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }

  private static func page(
    _ bucket: BucketRecord, _ prefix: String?, _ delimiter: String?, after marker: String?, limit: Int,
    _ transaction: Transaction
  ) throws(AWSError) -> Listing.Page<ObjectRecord> {
    let listing = Listing(prefix: prefix ?? "", delimiter: delimiter ?? "", marker: marker, limit: limit)
    return try listing.page(key: \.name) { start, count throws(AWSError) in
      let range = KeyRange.listing(bucket.name, prefix: listing.prefix, from: start)
      return try transaction.scan(ObjectRecord.self, in: bucket.scope, range, limit: count)
    }
  }

  private static func contents(
    _ page: Listing.Page<ObjectRecord>, _ encoding: KeyEncoding, _ owner: Owner?, _ bucket: BucketRecord
  ) -> [Object] {
    var result: [Object] = []
    for case .item(let object) in page.elements {
      result.append(
        Object(
          key: encoding(object.name), lastModified: object.modified.wholeSeconds, eTag: object.quotedETag,
          checksumAlgorithm: object.checksum.map { [$0.algorithm.rawValue] },
          checksumType: object.checksum?.type.rawValue,
          size: Int(object.size), storageClass: object.shownStorageClass,
          owner: owner.map { bucket.shownOwner(of: object) ?? $0 }))
    }
    return result
  }

  private static func commonPrefixes<Item>(_ page: Listing.Page<Item>, _ encoding: KeyEncoding) -> [CommonPrefix] {
    var result: [CommonPrefix] = []
    for case .commonPrefix(let prefix) in page.elements { result.append(CommonPrefix(prefix: encoding(prefix))) }
    return result
  }

  // MARK: ListObjectVersions

  /// A version in a listing.
  private struct Version {
    var object: ObjectRecord
    var isLatest: Bool
  }

  static func versions(
    _ input: ListObjectVersionsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListObjectVersionsOutput {
    let bucket = try transaction.bucket(input.bucket)
    let encoding = try KeyEncoding(input.encodingType)
    let limit = try ListingLimit.check(input.maxKeys, "max-keys", "maxKeys")
    let versionMarker = nonEmpty(input.versionIdMarker)
    if versionMarker != nil, nonEmpty(input.keyMarker) == nil {
      throw .invalidArgument(
        "A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker ?? "")
    }
    let listing = Listing(
      prefix: input.prefix ?? "", delimiter: input.delimiter ?? "", marker: nonEmpty(input.keyMarker), limit: limit)
    var page = Listing.Page<Version>()
    if let id = versionMarker, let name = input.keyMarker {
      // The rest of the marker's own key comes first.
      for version in try history(bucket, name, after: id, transaction) {
        if page.elements.count == limit {
          page.isTruncated = true
          break
        }
        page.elements.append(.item(version))
        page.last = name
      }
    }
    if !page.isTruncated { try append(listing, bucket, transaction, to: &page) }
    return output(page, bucket, input, encoding, limit)
  }

  /// Goes through keys as all listings do, and through the versions of each.
  private static func append(
    _ listing: Listing, _ bucket: BucketRecord, _ transaction: Transaction, to page: inout Listing.Page<Version>
  ) throws(AWSError) {
    let rest = Listing(
      prefix: listing.prefix, delimiter: listing.delimiter, marker: listing.marker,
      limit: listing.limit - page.elements.count)
    if rest.limit == 0, listing.limit > 0 {
      let range = KeyRange.listing(bucket.name, prefix: listing.prefix, from: listing.firstStart)
      let present = try transaction.count(ObjectRecord.self, in: bucket.scope, range, limit: 1)
      page.isTruncated = try present + transaction.count(VersionRecord.self, in: bucket.scope, range, limit: 1) > 0
      return
    }
    let keys = try rest.page(key: { $0 }) { start, count throws(AWSError) in
      try names(bucket, listing.prefix, start, count, transaction)
    }
    for element in keys.elements {
      var versions: [Listing.Element<Version>] = []
      switch element {
      case .commonPrefix(let prefix): versions = [.commonPrefix(prefix)]
      case .item(let name): versions = try history(bucket, name, after: nil, transaction).map { .item($0) }
      }
      for version in versions {
        if page.elements.count == listing.limit {
          page.isTruncated = true
          return
        }
        page.elements.append(version)
        switch version {
        case .item(let item): page.last = item.object.name
        case .commonPrefix(let prefix): page.last = prefix
        }
      }
    }
    page.isTruncated = keys.isTruncated
  }

  /// Keys that have versions of any kind, in order and without repetition.
  private static func names(
    _ bucket: BucketRecord, _ prefix: String, _ start: ListingStart, _ count: Int, _ transaction: Transaction
  ) throws(AWSError) -> [String] {
    let range = KeyRange.listing(bucket.name, prefix: prefix, from: start)
    let present = try transaction.scan(ObjectRecord.self, in: bucket.scope, range, limit: count).map(\.name)
    var archived: [String] = []
    var rest = range
    while archived.count < count, bucket.versioning != nil,
      let next = try transaction.scan(VersionRecord.self, in: bucket.scope, rest, limit: 1).first
    {
      archived.append(next.object.name)
      rest = rest.skipping(.prefix(.string(bucket.name), .string(next.object.name)))
    }
    var all = present
    let known = Set(present.map { Array($0.utf8) })
    all += archived.filter { !known.contains(Array($0.utf8)) }
    all.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Array(all.prefix(count))
  }

  /// All versions of a key, newest first, behind one of them.
  private static func history(
    _ bucket: BucketRecord, _ name: String, after id: String?, _ transaction: Transaction
  ) throws(AWSError) -> [Version] {
    var all: [Version] = []
    if let present = try transaction.object(bucket, name) { all.append(Version(object: present, isLatest: true)) }
    if bucket.versioning != nil {
      for record in try transaction.scan(
        VersionRecord.self, in: bucket.scope, .prefix(.string(bucket.name), .string(name)))
      {
        all.append(Version(object: record.object, isLatest: all.isEmpty))
      }
    }
    guard let id else { return all }
    guard let index = all.firstIndex(where: { $0.object.shownVersionID == id }) else { return [] }
    return Array(all[(index + 1)...])
  }

  private static func output(
    _ page: Listing.Page<Version>, _ bucket: BucketRecord, _ input: ListObjectVersionsRequest, _ encoding: KeyEncoding,
    _ limit: Int
  ) -> ListObjectVersionsOutput {
    let owner = Owner(id: CanonicalUser.id(of: bucket.owner))
    var versions: [ObjectVersion] = []
    var markers: [DeleteMarkerEntry] = []
    for case .item(let version) in page.elements {
      let object = version.object
      if object.isDeleteMarker {
        markers.append(
          DeleteMarkerEntry(
            owner: owner, key: encoding(object.name), versionId: object.shownVersionID, isLatest: version.isLatest,
            lastModified: object.modified.wholeSeconds))
      } else {
        versions.append(
          ObjectVersion(
            eTag: object.quotedETag, checksumAlgorithm: object.checksum.map { [$0.algorithm.rawValue] },
            checksumType: object.checksum?.type.rawValue, size: Int(object.size),
            storageClass: object.shownStorageClass,
            key: encoding(object.name), versionId: object.shownVersionID, isLatest: version.isLatest,
            lastModified: object.modified.wholeSeconds, owner: bucket.shownOwner(of: object) ?? owner))
      }
    }
    var output = ListObjectVersionsOutput(
      isTruncated: page.isTruncated, keyMarker: encoding(input.keyMarker ?? ""),
      versionIdMarker: input.versionIdMarker ?? "")
    output.versions = versions
    output.deleteMarkers = markers
    output.name = bucket.name
    output.prefix = encoding(input.prefix ?? "")
    output.delimiter = encoding.optional(nonEmpty(input.delimiter))
    output.maxKeys = limit
    output.commonPrefixes = commonPrefixes(page, encoding)
    output.encodingType = input.encodingType
    if page.isTruncated {
      output.nextKeyMarker = encoding.optional(page.last)
      if case .item(let last)? = page.elements.last { output.nextVersionIdMarker = last.object.shownVersionID }
    }
    return output
  }

  // MARK: ListMultipartUploads

  static func uploads(
    _ input: ListMultipartUploadsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListMultipartUploadsOutput {
    let bucket = try transaction.bucket(input.bucket)
    let encoding = try KeyEncoding(input.encodingType)
    let limit = try ListingLimit.check(input.maxUploads, "max-uploads", "maxUploads")
    let prefix = input.prefix ?? ""
    let marker = nonEmpty(input.keyMarker)
    var page = Listing.Page<UploadRecord>()
    if let marker, let id = nonEmpty(input.uploadIdMarker) {
      // The rest of the marker's own key comes first.
      let range = KeyRange.prefix(.string(bucket.name), .string(marker)).after(
        UploadRecord.key(bucket.name, marker, id))
      for upload in try transaction.scan(UploadRecord.self, in: bucket.scope, range, limit: limit + 1) {
        if page.elements.count == limit {
          page.isTruncated = true
          break
        }
        page.elements.append(.item(upload))
        page.last = marker
      }
    }
    if !page.isTruncated {
      let listing = Listing(
        prefix: prefix, delimiter: input.delimiter ?? "", marker: marker, limit: limit - page.elements.count)
      // A page of uploads may begin again in the middle of a key, so keys are gone through by the last upload's record.
      var last: UploadRecord?
      let rest = try listing.page(key: \.name) { start, count throws(AWSError) in
        var range = KeyRange.listing(bucket.name, prefix: prefix, from: start)
        if case .after(let name) = start, let last, last.name == name {
          range = KeyRange.prefix(Key(bucket.name), stringStartingWith: prefix).after(last.key)
        }
        let found = try transaction.scan(UploadRecord.self, in: bucket.scope, range, limit: count)
        last = found.last
        return found
      }
      page.elements += rest.elements
      page.isTruncated = rest.isTruncated
      if limit > 0, listing.limit == 0 {
        let range = KeyRange.listing(bucket.name, prefix: prefix, from: listing.firstStart)
        page.isTruncated = try transaction.count(UploadRecord.self, in: bucket.scope, range, limit: 1) > 0
      }
      page.last = rest.last ?? page.last
    }
    return output(page, bucket, input, encoding, limit)
  }

  private static func output(
    _ page: Listing.Page<UploadRecord>, _ bucket: BucketRecord, _ input: ListMultipartUploadsRequest,
    _ encoding: KeyEncoding, _ limit: Int
  ) -> ListMultipartUploadsOutput {
    var output = ListMultipartUploadsOutput(
      bucket: bucket.name, keyMarker: encoding(input.keyMarker ?? ""), uploadIdMarker: input.uploadIdMarker ?? "")
    var uploads: [MultipartUpload] = []
    for case .item(let upload) in page.elements {
      uploads.append(
        MultipartUpload(
          uploadId: upload.id, key: encoding(upload.name), initiated: upload.initiated.wholeSeconds,
          storageClass: upload.storageClass ?? "STANDARD", owner: bucket.shownOwner(of: upload),
          initiator: Initiator(id: upload.initiatorID),
          checksumAlgorithm: upload.algorithmName, checksumType: upload.typeName))
    }
    output.uploads = uploads
    output.prefix = encoding(input.prefix ?? "")
    output.delimiter = encoding.optional(nonEmpty(input.delimiter))
    output.maxUploads = limit
    output.isTruncated = page.isTruncated
    output.commonPrefixes = commonPrefixes(page, encoding)
    output.encodingType = input.encodingType
    // AWS: the next markers are there even when nothing follows.
    if let last = page.last {
      output.nextKeyMarker = encoding(last)
      if case .item(let upload)? = page.elements.last { output.nextUploadIdMarker = upload.id }
    }
    return output
  }
}
