import Testing

@testable import Wire

@Suite struct ServiceModelTests {
  @Test("every operation of AWS is either built or known by name")
  func countsOperations() {
    #expect(ServiceModels.sqs.operations.count == 23)
    #expect(ServiceModels.sts.operations.count == 11)
    #expect(ServiceModels.iam.operations.count + ServiceModels.iam.unbuiltOperations.count == 176)
    #expect(ServiceModels.s3.operations.count + ServiceModels.s3.unbuiltOperations.count == 111)
    #expect(ServiceModels.iam.isUnbuilt("UploadServerCertificate"))
    #expect(!ServiceModels.iam.isUnbuilt("CreateUser"))
    #expect(!ServiceModels.iam.isUnbuilt("NoSuchThing"))
  }

  @Test("every pattern of the models is understood")
  func compilesPatterns() {
    for model in [ServiceModels.sqs, ServiceModels.s3, ServiceModels.iam, ServiceModels.sts] {
      for shape in model.shapes where shape.pattern != nil {
        #expect(shape.compiledPattern != nil, "\(model.serviceID) \(shape.name): \(shape.pattern ?? "")")
      }
    }
  }

  @Test("a broken model names its line")
  func reportsBrokenModels() {
    #expect(throws: ModelSyntaxError.self) { try ServiceModel(parsing: "service id=a\nm Stray String") }
    #expect(throws: ModelSyntaxError.self) { try ServiceModel(parsing: "o Get GET / in=Nowhere") }
    #expect(throws: ModelSyntaxError.self) { try ServiceModel(parsing: "s Box\nm Content Missing") }
  }

  @Test(
    "S3 finds the operation by method, path, query and headers",
    arguments: [
      ("GET", "/", "", "ListBuckets"), ("GET", "/", "x-id=ListBuckets", "ListBuckets"),
      ("PUT", "/b", "", "CreateBucket"), ("PUT", "/b/", "", "CreateBucket"), ("DELETE", "/b", "", "DeleteBucket"),
      ("HEAD", "/b", "", "HeadBucket"), ("GET", "/b", "", "ListObjects"), ("GET", "/b/", "delimiter=/", "ListObjects"),
      ("GET", "/b", "list-type=2&prefix=a", "ListObjectsV2"), ("GET", "/b", "versions", "ListObjectVersions"),
      ("GET", "/b", "location", "GetBucketLocation"), ("GET", "/b", "location=", "GetBucketLocation"),
      ("GET", "/b", "uploads", "ListMultipartUploads"), ("PUT", "/b", "policy", "PutBucketPolicy"),
      ("GET", "/b", "policyStatus", "GetBucketPolicyStatus"), ("POST", "/b", "delete", "DeleteObjects"),
      ("PUT", "/b/k", "", "PutObject"), ("PUT", "/b/a/b//c", "x-id=PutObject", "PutObject"),
      ("GET", "/b/k", "", "GetObject"),
      ("GET", "/b/k", "versionId=1", "GetObject"), ("GET", "/b/k", "partNumber=1", "GetObject"),
      ("HEAD", "/b/k", "", "HeadObject"), ("DELETE", "/b/k", "", "DeleteObject"),
      ("POST", "/b/k", "uploads", "CreateMultipartUpload"), ("PUT", "/b/k", "partNumber=1&uploadId=u", "UploadPart"),
      ("POST", "/b/k", "uploadId=u", "CompleteMultipartUpload"),
      ("DELETE", "/b/k", "uploadId=u", "AbortMultipartUpload"),
      ("GET", "/b/k", "uploadId=u", "ListParts"), ("GET", "/b/k", "tagging", "GetObjectTagging"),
      ("GET", "/b/k", "attributes", "GetObjectAttributes"), ("GET", "/b/k", "acl", "GetObjectAcl"),
      ("GET", "/b", "lifecycle", "GetBucketLifecycleConfiguration"),
      ("PUT", "/b", "object-lock", "PutObjectLockConfiguration"),
      ("GET", "/b", "inventory&id=1", "GetBucketInventoryConfiguration"),
      ("PUT", "/b", "replication", "PutBucketReplication"),
      ("GET", "/b", "notification", "GetBucketNotificationConfiguration"),
      ("GET", "/b/k", "torrent", "GetObjectTorrent"),
    ])
  func routesS3(_ method: String, _ path: String, _ query: String, _ operation: String) throws {
    let request = WireRequest(method: method, path: path, query: query)
    #expect(try Router.name(of: request, in: ServiceModels.s3, by: .restXML) == operation)
  }

  @Test("a copy is a put with a source")
  func routesCopies() throws {
    let headers = [(name: "X-Amz-Copy-Source", value: "/b/k")]
    let copy = WireRequest(method: "PUT", path: "/b/k", headers: headers)
    #expect(try Router.name(of: copy, in: ServiceModels.s3, by: .restXML) == "CopyObject")
    let part = WireRequest(method: "PUT", path: "/b/k", query: "partNumber=1&uploadId=u", headers: headers)
    #expect(try Router.name(of: part, in: ServiceModels.s3, by: .restXML) == "UploadPartCopy")
  }

  @Test("a method that S3 doesn't know on a path is not allowed")
  func refusesMethods() {
    let request = WireRequest(method: "PATCH", path: "/b/k")
    let error = #expect(throws: AWSError.self) { try Router.operation(of: request, in: ServiceModels.s3, by: .restXML) }
    #expect(error?.code == "MethodNotAllowed")
    #expect(error?.status == 405)
  }

  @Test("an operation that isn't built says so by name")
  func namesUnbuiltOperations() {
    let request = WireRequest(method: "PUT", path: "/b", query: "inventory")
    let error = #expect(throws: AWSError.self) { try Router.operation(of: request, in: ServiceModels.s3, by: .restXML) }
    #expect(error?.code == "NotImplemented")
    #expect(error?.message.contains("PutBucketInventoryConfiguration") == true)
    let query = WireRequest(method: "POST", path: "/", body: Array("Action=Fly&Version=2010-05-08".utf8))
    let unknown = #expect(throws: AWSError.self) { try Router.operation(of: query, in: ServiceModels.iam, by: .query) }
    #expect(unknown?.code == "InvalidAction")
    #expect(unknown?.message == "Could not find operation Fly for version 2010-05-08")
  }
}
