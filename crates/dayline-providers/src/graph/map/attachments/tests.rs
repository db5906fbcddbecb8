use serde_json::json;

use super::*;

#[test]
fn files_items_and_links_are_listed_and_the_pictures_of_the_text_are_not() {
    let items = [
        json!({"@odata.type": "#microsoft.graph.fileAttachment", "id": "1", "name": " menu.pdf ",
            "contentType": "application/pdf", "size": 184_112, "isInline": false}),
        json!({"@odata.type": "#microsoft.graph.fileAttachment", "id": "2", "name": "logo.png",
            "contentType": "image/png", "size": 40, "isInline": true}),
        json!({"@odata.type": "#microsoft.graph.itemAttachment", "id": "3", "name": "Party",
            "contentType": null, "size": 9_000_000_000_i64}),
        json!({"@odata.type": "#microsoft.graph.referenceAttachment", "id": "4", "name": "d.jpg",
            "contentType": "image/jpeg", "isInline": true,
            "sourceUrl": "https://contoso.sharepoint.com/d.jpg"}),
        json!({"name": 7, "size": "large", "isInline": "no"}),
        json!("odd"),
    ];
    let attachment = |name: &str, url: Option<&str>, media_type: Option<&str>, size| Attachment {
        name: name.to_owned(),
        url: url.map(str::to_owned),
        media_type: media_type.map(str::to_owned),
        size,
    };
    let link = "https://contoso.sharepoint.com/d.jpg";
    assert_eq!(
        attachments(&items),
        [
            attachment("menu.pdf", None, Some("application/pdf"), Some(184_112)),
            attachment("Party", None, None, Some(9_000_000_000)),
            attachment("d.jpg", Some(link), Some("image/jpeg"), None),
            attachment("", None, None, None),
        ]
    );
}

#[test]
fn a_list_of_attachments_has_an_end() {
    let items = vec![json!({"name": "a"}); MOST_ATTACHMENTS + 1];
    assert_eq!(attachments(&items).len(), MOST_ATTACHMENTS);
}
